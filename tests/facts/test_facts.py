"""SQL and plain Python agree to the dossier, as of any moment; and counts of every definition agree to the unit."""

from collections import defaultdict
from datetime import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from onestop.facts.queries.counting import count_by_unit
from onestop.facts.queries.facts import list_facts
from onestop.facts.rules.definitions import Subject
from onestop.facts.rules.facts import DossierFacts
from onestop.facts.rules.figures import Counts
from onestop.facts.rules.recount import recount
from onestop.facts.rules.reference import Deed, find_facts
from onestop.facts.rules.tally import UnitFilter
from onestop.indicators.queries.definitions import all_definitions
from tests.facts.journals import MOMENT, hours, random_lives, write

DEFINITIONS = [item for item in all_definitions() if item.subject is Subject.DOSSIER]
PERIOD_FROM = hours(-24 * 5)
THOROUGH = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def reference(deeds: list[Deed], as_of: datetime, known_at: datetime | None = None) -> list[DossierFacts]:
    """Return the facts of all dossiers by the plain computation."""
    streams: dict[int, list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.about is not None:
            streams[deed.about].append(deed)
    asked = {"as_of": as_of, "period_from": PERIOD_FROM, "known_at": known_at}
    found = (find_facts(lived, **asked) for _, lived in sorted(streams.items()))  # type: ignore[arg-type]
    return [facts for facts in found if facts]


@pytest.mark.django_db
@THOROUGH
@given(deeds=random_lives(), as_of=MOMENT)
def test_the_statement_and_the_reference_agree(deeds: list[Deed], as_of: datetime) -> None:
    with transaction.atomic():
        write(deeds)
        expected = reference(deeds, as_of)
        assert list(list_facts(as_of=as_of, period_from=PERIOD_FROM)) == expected
        then = reference(deeds, as_of, known_at=as_of)
        assert list(list_facts(as_of=as_of, period_from=PERIOD_FROM, known_at=as_of)) == then
        tally = count_by_unit(DEFINITIONS, as_of=as_of, period_from=PERIOD_FROM)
        for definition, counts in zip(DEFINITIONS, tally.counts(DEFINITIONS, UnitFilter()), strict=True):
            assert plain(counts) == plain(recount(definition, expected)), definition.code
        for agency, desk in tally.places:
            of_place = [f for f in expected if (f.agency or "", f.desk or "") == (agency, desk)]
            counts = tally.counts(DEFINITIONS[:1], UnitFilter("desk", frozenset({desk})))[0]
            of_desk = [f for f in expected if (f.desk or "") == desk]
            assert counts.population == recount(DEFINITIONS[0], of_desk).population
            assert of_place
        transaction.set_rollback(True)


def plain(counts: Counts) -> tuple[object, ...]:
    """Return counts as something that compares by value."""
    return (counts.population, counts.denominator, counts.numerator, counts.steps, dict(counts.flags))
