"""A figure of the past equals what was shown then; what was written down later is named, dossier by dossier."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from onestop.facts.rules.definitions import Part, Subject
from onestop.facts.rules.recount import recount
from onestop.facts.rules.reference import Deed
from onestop.indicators.queries.behind import Behind, count_behind
from onestop.indicators.queries.definitions import list_definitions
from onestop.indicators.queries.differences import find_difference
from onestop.indicators.queries.figures import list_figures, take_survey
from tests.facts.dossiers import make_rows, make_version
from tests.facts.journals import MOMENT, accept, hours, life, random_lives, sealed, write
from tests.facts.test_facts import PERIOD_FROM, reference
from tests.indicators.test_behind import officer

AT, SINCE = hours(60), hours(-1)


def late(deed: Deed, written: datetime) -> Deed:
    """The same deed, written down at another moment."""
    return Deed(deed.stream, deed.sequence, deed.kind, deed.at, written, deed.payload)


@pytest.fixture
def units(province: dict[str, int]) -> dict[str, int]:
    """Of four dossiers one was written down whole after the moment, one was ended then but only entered later."""
    lives = [
        life(1, accept(1, 40), *sealed(5)),
        life(2, accept(1, 40), *sealed(50)),
        [late(deed, hours(70)) for deed in life(3, accept(1, 40), *sealed(5))],
        [*life(4, accept(1, 40)), *(late(deed, hours(90)) for deed in life(4, accept(1, 40), *sealed(30))[2:])],
    ]
    write(deed for lived in lives for deed in lived)
    make_rows(lives, province, make_version())
    return province


def test_what_was_shown_then_is_shown_again_and_the_difference_is_named(units: dict[str, int]) -> None:
    by = officer(units, *units)
    found = find_difference("ON_TIME_BY_LAW", as_of=AT, by=by, period_from=SINCE, unit="H49.30")
    # then: 1 on time, 2 late, 4 pending and past its due moment
    assert found.shown == (1, 3)
    assert found.known == (3, 4)
    assert [(item.code[-4:], item.shown, item.known) for item in found.changed] == [("0003", 0, 2), ("0004", 1, 2)]
    before = find_difference("ON_TIME_BY_LAW", as_of=AT, by=by, period_from=SINCE, known_at=hours(80))
    assert (before.known, len(before.changed)) == ((2, 4), 1)
    number = Behind("ON_TIME_BY_LAW", Part.NUMERATOR, AT, unit="H49.30", period_from=SINCE, known_at=AT)
    assert count_behind(number, by=by) == 1


def test_dossiers_that_the_reader_may_not_see_are_counted_not_named(units: dict[str, int]) -> None:
    found = find_difference("ON_TIME_BY_LAW", as_of=AT, by=officer(units, "H49.31"), period_from=SINCE)
    assert (found.changed, found.hidden, found.is_same) == ((), 2, False)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(deeds=random_lives(), as_of=MOMENT)
def test_then_and_now_agree_with_the_plain_count(deeds: list[Deed], as_of: datetime) -> None:
    definitions = [item for item in list_definitions(on=as_of.date()) if item.subject is Subject.DOSSIER]
    with transaction.atomic():
        write(deeds)
        then, now = reference(deeds, as_of, known_at=as_of), reference(deeds, as_of)
        for definition in definitions[:4]:
            found = find_difference(definition.code, as_of=as_of, by=officer({"x": 1}, "x"), period_from=PERIOD_FROM)
            for facts, shown in ((then, found.shown), (now, found.known)):
                counts = recount(definition, facts)
                assert shown == (counts.numerator, counts.denominator)
        transaction.set_rollback(True)


def test_a_live_survey_is_what_the_past_shows_later(province: dict[str, int]) -> None:
    """Taken at the moment itself, then asked again after much more was written: the same, figure by figure."""
    first = [life(n, accept(1, 40), *sealed(5 + n)) for n in range(1, 6)]
    write(deed for lived in first for deed in lived)
    live = list_figures(take_survey(as_of=AT, period_from=SINCE))
    write(late(deed, deed.at + timedelta(days=9)) for n in range(6, 12) for deed in life(n, accept(1, 40), *sealed(5)))
    then = list_figures(take_survey(as_of=AT, period_from=SINCE, known_at=AT))
    assert [(item.numerator, item.denominator) for item in then] == [
        (item.numerator, item.denominator) for item in live
    ]
    now = list_figures(take_survey(as_of=AT, period_from=SINCE))
    assert [item.denominator for item in now] != [item.denominator for item in live]
