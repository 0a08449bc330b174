"""What this province says of itself: composed from its own figures, signed with its agency's key, sent when asked."""

from datetime import date, datetime

from django.db import transaction

from onestop.accounts.rules import SYSTEM, Principal
from onestop.errors import Refused
from onestop.facts.rules.definitions import Form, Subject
from onestop.facts.rules.figures import Figure
from onestop.facts.rules.periods import year_start
from onestop.indicators.queries.figures import Survey, list_figures, list_rows, take_survey
from onestop.indicators.queries.units import top_unit
from onestop.journal.operations import record_in_register
from onestop.monitor.models import Composed
from onestop.monitor.rules.aggregates import FIRST, Aggregate, Line, digest_of, write_aggregate
from onestop.monitor.rules.facts import last_moment
from onestop.monitor.rules.members import Counts
from onestop.signatures.operations.detached import sign_file

REGISTER = "monitor.own"


@transaction.atomic
def compose_aggregate(*, member: str, day: date, key: str, at: datetime, by: Principal = SYSTEM) -> Composed:
    """Count the figures of the province to the end of a day, write and sign them; done already, return it.

    Figures of units are its parts. Raises `Refused` if the day is not over or lies before one composed already,
    `Unavailable` if the key cannot sign.
    """
    done = Composed.objects.filter(day=day).first()
    if done is not None:
        return done
    last = Composed.objects.select_for_update().order_by("-sequence").first()
    end = last_moment(day)
    if end > at:
        raise Refused("aggregate.day_not_over", day=day.isoformat())
    if last is not None and day <= last.day:
        raise Refused("aggregate.day_before_last", day=day.isoformat(), last=last.day.isoformat())
    survey = take_survey(as_of=end, period_from=year_start(end))
    said = Aggregate(
        member=member,
        day=day,
        sequence=last.sequence + 1 if last else 1,
        previous=last.digest if last else FIRST,
        scheme="province",
        lines=tuple(_lines(survey)),
    )
    document = write_aggregate(said)
    digest = digest_of(document)
    row = Composed.objects.create(
        day=day,
        sequence=said.sequence,
        digest=digest,
        document=document,
        signature=sign_file(digest=bytes.fromhex(digest), key=key, at=at, patient=True),
        composed_at=at,
    )
    payload = {"member": member, "day": day.isoformat(), "sequence": said.sequence, "sha256": digest}
    record_in_register(REGISTER, kind="compose_aggregate", by=by, at=at, payload=payload)
    return row


def _lines(survey: Survey) -> list[Line]:
    """One line for each share over dossiers; parts are the units below, and what belongs to none of them."""
    parts = {
        row.unit: {figure.definition.code: _counts(figure) for figure in row.figures}
        for row in list_rows(survey, unit=top_unit())
    }
    found = []
    for figure in list_figures(survey, unit=top_unit()):
        definition = figure.definition
        if definition.subject is not Subject.DOSSIER or definition.form is not Form.SHARE or not figure.is_known:
            continue
        whole = _counts(figure)
        here = {unit: counts[definition.code] for unit, counts in parts.items() if counts[definition.code] != Counts()}
        found.append(Line(definition.code, definition.version, whole, _complete(whole, here)))
    return found


def _complete(whole: Counts, parts: dict[str, Counts]) -> dict[str, Counts]:
    """Name what belongs to no unit of today, e.g. to one that ended, so that the parts add up."""
    together = sum(parts.values(), Counts())
    rest = Counts(
        whole.numerator - together.numerator,
        whole.denominator - together.denominator,
        whole.population - together.population,
    )
    return parts if rest == Counts() else {**parts, "": rest}


def _counts(figure: Figure) -> Counts:
    return Counts(figure.numerator, figure.denominator, figure.counts.population)
