"""Figures about petitions: the statement, plain Python and the recount agree on random journals, to the unit."""

from collections import defaultdict
from datetime import date, datetime

import pytest
from django.db import transaction
from hypothesis import given

from onestop.facts.queries.petitions import count_petitions, list_petition_facts
from onestop.facts.rules.definitions import Subject
from onestop.facts.rules.facts import PetitionFacts
from onestop.facts.rules.petitions import find_petition
from onestop.facts.rules.recount import recount
from onestop.facts.rules.reference import Deed
from onestop.facts.rules.tally import UnitFilter
from onestop.indicators.queries.definitions import all_definitions, get_definition
from onestop.indicators.queries.figures import list_figures, take_survey
from tests.facts.journals import AGENCIES, MOMENT, hours, random_lives, write
from tests.facts.test_facts import PERIOD_FROM, THOROUGH, plain

DEFINITIONS = [item for item in all_definitions() if item.subject is Subject.PETITION]
SCHEME = "766-portal-2026-observed"


def reference(deeds: list[Deed], as_of: datetime, known_at: datetime | None = None) -> list[PetitionFacts]:
    """Return the facts of all petitions by the plain computation."""
    streams: dict[int, list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.stream < 0:
            streams[deed.stream].append(deed)
    told = (
        find_petition(lived, as_of=as_of, period_from=PERIOD_FROM, known_at=known_at)
        for _, lived in sorted(streams.items(), reverse=True)
    )
    return [facts for facts in told if facts]


@pytest.mark.django_db
@THOROUGH
@given(deeds=random_lives(), as_of=MOMENT)
def test_the_statement_and_the_reference_agree(deeds: list[Deed], as_of: datetime) -> None:
    with transaction.atomic():
        write(deeds)
        expected = reference(deeds, as_of)
        assert list_petition_facts(as_of=as_of, period_from=PERIOD_FROM) == expected
        then = reference(deeds, as_of, known_at=as_of)
        assert list_petition_facts(as_of=as_of, period_from=PERIOD_FROM, known_at=as_of) == then
        tally = count_petitions(DEFINITIONS, as_of=as_of, period_from=PERIOD_FROM)
        for unit in (UnitFilter(), *(UnitFilter("agency", frozenset({code})) for code in AGENCIES)):
            inside = [facts for facts in expected if unit.holds((facts.agency or "", ""))]
            for definition, counts in zip(DEFINITIONS, tally.counts(DEFINITIONS, unit), strict=True):
                assert plain(counts) == plain(recount(definition, inside)), definition.code
        transaction.set_rollback(True)


def petition(stream: int, *steps: tuple[str, float, dict[str, object]], due: float = 100) -> list[Deed]:
    """Return a petition about H49.30 filed at hour 0, with further steps."""
    filed = ("file_petition", 0.0, {"topic": "conduct", "unit": "H49.30", "due_at": hours(due).isoformat()})
    return [
        Deed(stream, number, kind, hours(at), hours(at), dict(said))
        for number, (kind, at, said) in enumerate((filed, *steps), 1)
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("province")
def test_what_they_count_is_what_happened() -> None:
    write([
        *petition(-1, ("answer_petition", 50, {}), ("rate_answer", 60, {"satisfied": True})),
        *petition(-2, ("answer_petition", 150, {})),
        *petition(-3, ("ask_petitioner", 90, {})),
        *petition(-4, ("assign_petition", 5, {"repeats": "PA-1", "agency": "H49.31"})),
        *petition(-5, ("answer_petition", 50, {}), ("rate_answer", 60, {"satisfied": False})),
    ])  # fmt: skip
    later = date(2026, 12, 1)
    codes = ("PETITION_PROCESSING_ON_TIME", "PETITION_HANDLING_SATISFACTION", "PETITION_CLASSIFICATION_STAFF")
    on_time, satisfied, staff = (get_definition(code, on=later, scheme=SCHEME) for code in codes)
    tally = count_petitions([on_time, satisfied, staff], as_of=hours(200), period_from=hours(-1))
    counts = tally.counts([on_time, satisfied, staff], UnitFilter())
    assert [(item.numerator, item.denominator) for item in counts] == [(3, 5), (2, 5), (5, 5)]
    other = tally.counts([on_time], UnitFilter("agency", frozenset({"H49.31"})))
    assert [(item.numerator, item.denominator) for item in other] == [(0, 1)]


@pytest.mark.django_db
@pytest.mark.usefixtures("province")
def test_before_they_were_recorded_the_figure_had_no_number() -> None:
    figures = {item.definition.code: item for item in list_figures(take_survey(as_of=hours(0), scheme=SCHEME))}
    assert figures["PETITION_PROCESSING_ON_TIME"].definition.no_data == "petitions_not_recorded"
