"""What the journal knows about how dossiers were settled, for the points of officials and agencies.

A dossier counts in the period in which it was finished. It is an official's if they did at least one deed on it. What
is not on record (how procedures were posted, whose fault a second contact was; conduct, where the applicant neither
rated nor complained) stays unknown.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from onestop.accounts.rules import Principal, Role
from onestop.agencies.models import Posting
from onestop.agencies.queries import get_tree, get_unit, list_officers
from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.states import Verb
from onestop.errors import NotFound, Refused
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.journal.models import JournalEntry
from onestop.plans.queries.feedback import Said, find_said
from onestop.plans.rules.scoring import DossierFacts, Pace, Total, points_of, score_official
from onestop.process.models import Consultation
from onestop.process.queries.templates import get_template
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import working_minutes_between

MOST = 20_000
HANDLING = (Role.ONE_STOP_OFFICER, Role.SPECIALIST, Role.DIVISION_HEAD, Role.LEADER, Role.CLERK)


@dataclass(frozen=True, slots=True)
class OfficialScore:
    """An official with their points: posting and account, name, post, and the total."""

    posting_id: int
    account_id: int
    name: str
    post: str
    unit: str
    dossiers: int
    total: Total


@dataclass(frozen=True, slots=True)
class Point:
    """The points of one dossier for one indicator: what a point opens. None: no data."""

    dossier: Dossier
    points: int | None


def score_unit(*, unit: str, begin: datetime, end: datetime, by: Principal) -> list[OfficialScore]:
    """Return the points of every official of a unit and of its parts, for its head: others get `Refused`."""
    officers = list_officers(parts_of_led_unit(unit, by), roles=frozenset(HANDLING), at=end)
    return [_official(posting, begin, end) for posting in officers]


def parts_of_led_unit(unit: str, by: Principal) -> frozenset[int]:
    """Return the ids of a unit and its own parts, if `by` leads it. Raises `Refused`."""
    row, tree = get_unit(unit), get_tree()
    if not by.has(Role.LEADER) or row.pk not in by.unit_ids:
        raise Refused("score.not_for_you")
    return frozenset(item for item in tree.subordinate_ids(row.pk) if tree.agency_of(item).id == row.pk)


def score_posting(*, posting_id: int, begin: datetime, end: datetime, by: Principal) -> OfficialScore:
    """Return the points of one official: for themselves, and for the head of the unit. Others get `NotFound`."""
    return _official(_get_posting(posting_id, by), begin, end)


def list_points(*, posting_id: int, indicator: int, begin: datetime, end: datetime, by: Principal) -> tuple[Point, ...]:
    """Return the dossiers behind a score, those with the fewest points first, so that it can be contested."""
    posting = _get_posting(posting_id, by)
    dossiers = list(_finished(begin, end, _touched(posting.account_id, end)))
    facts = {item.code: item for item in list_facts(dossiers, posting.account_id, end)}
    points = [Point(dossier, points_of(indicator, facts[dossier.code])) for dossier in dossiers]
    return tuple(sorted(points, key=lambda item: (item.points is None, item.points or 0, item.dossier.code)))


def _official(posting: Posting, begin: datetime, end: datetime) -> OfficialScore:
    dossiers = list(_finished(begin, end, _touched(posting.account_id, end)))
    return OfficialScore(
        posting_id=posting.pk,
        account_id=posting.account_id,
        name=posting.account.full_name,
        post=posting.post.name(),
        unit=posting.post.unit.name(),
        dossiers=len(dossiers),
        total=score_official(list_facts(dossiers, posting.account_id, end)),
    )


def _get_posting(posting_id: int, by: Principal) -> Posting:
    found = Posting.objects.select_related("account", "post__unit").filter(pk=posting_id).first()
    if found is None or not may_see_points(found, by):
        raise NotFound("score.unknown")
    return found


def may_see_points(posting: Posting, by: Principal) -> bool:
    """True for the official, in person, and whoever leads the unit; for nobody by delegation of a post."""
    if by.account_id == posting.account_id:
        return True
    return by.has(Role.LEADER) and not by.on_behalf_of and posting.post.unit_id in by.unit_ids


def _touched(account_id: int, end: datetime) -> "QuerySet[JournalEntry, int]":
    rows = JournalEntry.objects.filter(actor=f"officer:{account_id}", stream__gt=0, at__lte=end)
    rows = rows.exclude(kind=Verb.RATE)  # lending the device is no part of the work
    return rows.values_list("stream", flat=True)


def _finished(begin: datetime, end: datetime, streams: Iterable[int]) -> "QuerySet[Dossier]":
    return finished_between(Dossier.objects.filter(pk__in=streams), begin, end)[:MOST]


def finished_between(rows: "QuerySet[Dossier]", begin: datetime, end: datetime) -> "QuerySet[Dossier]":
    """Return the dossiers among these that were accepted, and finished in the period."""
    found = rows.filter(finished_at__gte=begin, finished_at__lte=end, accepted_at__isnull=False)
    return found.select_related("procedure", "competent_unit").order_by("code")


def list_facts(dossiers: Collection[Dossier], account_id: int | None, end: datetime) -> list[DossierFacts]:
    """Return the facts of dossiers; `own` is of this officer's steps, or of all steps and opinions of an agency."""
    streams = [dossier.pk for dossier in dossiers]
    entries: dict[int, list[JournalEntry]] = {}
    for entry in JournalEntry.objects.filter(stream__in=streams).order_by("stream", "sequence"):
        entries.setdefault(entry.stream, []).append(entry)
    late_opinions = set() if account_id else _late_opinions(streams)
    said = find_said(streams, until=end)
    return [
        _dossier_facts(item, entries.get(item.pk, []), account_id, late_opinions, said.get(item.pk))
        for item in dossiers
    ]


def _dossier_facts(
    dossier: Dossier,
    entries: Sequence[JournalEntry],
    account_id: int | None,
    late_opinions: Collection[int],
    said: Said | None,
) -> DossierFacts:
    contacts = sum(entry.kind == Verb.REQUEST_SUPPLEMENT for entry in entries)
    own = Pace.LONGER if dossier.pk in late_opinions else _own_pace(dossier, entries, account_id)
    return DossierFacts(
        code=dossier.code,
        total=total_pace(dossier),
        own=own,
        contacts=max(contacts, (said.contacts if said else None) or 0),
        agencies=_agencies(contacts, said),
        complaints=said.complaints if said else None,
    )


def _agencies(contacts: int, said: Said | None) -> int:
    """As the applicant says, else as the journal does: whatever is asked for is asked for by the one-stop."""
    return min(contacts, 1) if said is None or said.agencies is None else said.agencies


def total_pace(dossier: Dossier) -> Pace | None:
    """Earlier than the day it was due, on that day, or late: as the settlement report (TT 01/2020/TT-VPCP) counts."""
    if dossier.finished_at is None or dossier.due_at is None:
        return None
    if dossier.finished_at > dossier.due_at:
        return Pace.LONGER
    finished_on, due_on = (at.astimezone(PROVINCE_ZONE).date() for at in (dossier.finished_at, dossier.due_at))
    return Pace.SHORTER if finished_on < due_on else Pace.EQUAL


def _own_pace(dossier: Dossier, entries: Sequence[JournalEntry], account_id: int | None) -> Pace | None:
    """The slowest of the steps that count; unknown if the clock stood still meanwhile, or no step has a share."""
    if dossier.supplements or any(entry.kind == Verb.SUSPEND for entry in entries):
        return None
    actor = f"officer:{account_id}" if account_id else None
    paces = [_pace_of(taken, given) for who, taken, given in _steps(dossier, entries) if actor in (None, who) and given]
    order = (Pace.LONGER, Pace.EQUAL, Pace.SHORTER)
    return next((pace for pace in order if pace in paces), None)


def _steps(dossier: Dossier, entries: Sequence[JournalEntry]) -> list[tuple[str, int, int | None]]:
    """Each step left behind: who left it, the working minutes it took, and those it was given."""
    if not dossier.process or dossier.due_at is None or dossier.clock_from is None:
        return []
    template, calendar = get_template(dossier.process), get_calendar()
    whole = working_minutes_between(calendar, dossier.clock_from, dossier.due_at)
    found, entered = [], None
    for entry in entries:
        step = entry.payload.get("step")
        if step is None:
            continue
        if entered is not None:
            begun, code = entered
            given = template.share_of(template.step(code), whole)
            found.append((entry.actor, working_minutes_between(calendar, begun, entry.at), given))
        entered = (entry.at, step)
    return found


def _pace_of(taken: int, given: int | None) -> Pace:
    if given is None or taken == given:
        return Pace.EQUAL
    return Pace.SHORTER if taken < given else Pace.LONGER


def _late_opinions(streams: Collection[int]) -> set[int]:
    rows = Consultation.objects.filter(dossier_id__in=streams).values_list("dossier_id", "due_at", "answered_at")
    return {stream for stream, due_at, answered_at in rows if answered_at is None or answered_at > due_at}
