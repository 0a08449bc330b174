"""The kept cube is the journal counted: after any refreshes in any order, made anew, and read while it lags behind."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.facts.queries.counting import count_by_unit
from onestop.facts.rules.figures import Figure
from onestop.facts.rules.periods import month_of, month_start
from onestop.facts.rules.reference import Deed
from onestop.indicators.models import CubeCell, CubeState, KeptDossier
from onestop.indicators.operations.cube import rebuild_cube, refresh_cube
from onestop.indicators.queries.changes import find_changed
from onestop.indicators.queries.cube import FRESH, find_cube, find_tally
from onestop.indicators.queries.figures import list_figures, take_survey
from tests.facts.journals import MOMENT, accept, hours, life, random_lives, sealed, write
from tests.facts.test_facts import DEFINITIONS, THOROUGH

pytestmark = pytest.mark.django_db
MONTHS = [month_start(month_of(hours(days * 24))) for days in (-90, -31, 0, 31, 62)]


def expected(as_of: datetime, period_from: datetime) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return the numbers by the statement over the journal."""
    return count_by_unit(DEFINITIONS, as_of=as_of, period_from=period_from).as_rows()


def kept(as_of: datetime, period_from: datetime) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return the numbers by the cube."""
    found = find_tally(as_of=as_of, period_from=period_from)
    assert found
    assert found[1] == as_of
    return found[0].as_rows()


def cells() -> dict[tuple[str, str, int], bytes]:
    """Return the cells that hold anything."""
    rows = CubeCell.objects.values_list("agency", "desk", "month", "numbers")
    return {row[:3]: bytes(row[3]) for row in rows if any(row[3])}


@settings(THOROUGH, max_examples=40)
@given(deeds=random_lives(), moments=st.lists(MOMENT, min_size=1, max_size=4), data=st.data())
def test_refreshed_in_any_order_it_equals_the_journal_and_itself_made_anew(
    deeds: list[Deed], moments: list[datetime], data: st.DataObject
) -> None:
    with transaction.atomic():
        mixed, moments = data.draw(st.permutations(deeds)), sorted(moments)
        cut = data.draw(st.integers(0, len(mixed)))
        write(mixed[:cut])
        assert rebuild_cube(at=moments[0])
        for number, at in enumerate(moments):
            write(mixed[cut:][number :: len(moments)])
            assert refresh_cube(at=at)
            for begin in MONTHS:
                assert kept(at, begin) == expected(at, begin)
        refreshed, kept_rows = cells(), set(KeptDossier.objects.values_list("stream", "turns_at"))
        assert rebuild_cube(at=moments[-1])
        assert cells() == refreshed
        assert set(KeptDossier.objects.values_list("stream", "turns_at")) == kept_rows
        transaction.set_rollback(True)


@settings(THOROUGH, max_examples=25)
@given(deeds=random_lives(), built=MOMENT, later=st.integers(2, 24 * 60), data=st.data())
def test_read_while_it_lags_it_is_set_right_in_passing(
    deeds: list[Deed], built: datetime, later: int, data: st.DataObject
) -> None:
    with transaction.atomic():
        cut = data.draw(st.integers(0, len(deeds)))
        write(deeds[:cut])
        assert rebuild_cube(at=built)
        write(deeds[cut:])
        before = cells()
        at = built + timedelta(hours=later)
        assert kept(at, MONTHS[1]) == expected(at, MONTHS[1])
        assert cells() == before
        transaction.set_rollback(True)


def test_a_dossier_becomes_late_though_nothing_happens() -> None:
    write(life(1, accept(1, 40)) + life(2, accept(1, 41)))
    rebuild_cube(at=hours(39))
    for at, late in ((39, 0), (40, 0), (40.001, 1), (41, 1), (42, 2)):
        assert refresh_cube(at=hours(at))
        assert figure("PENDING_LATE", at).numerator == late
    assert set(KeptDossier.objects.values_list("turns_at", flat=True)) == {None}


def figure(code: str, at: float) -> Figure:
    """Return a figure as a page would ask for it."""
    return {item.definition.code: item for item in list_figures(take_survey(as_of=hours(at)))}[code]


def test_the_past_is_answered_by_the_journal_and_so_is_a_period_that_begins_within_a_month() -> None:
    write(life(1, accept(1, 40), *sealed(30)))
    rebuild_cube(at=hours(50))
    assert find_tally(as_of=hours(49), period_from=MONTHS[1]) is None
    assert find_tally(as_of=hours(50), period_from=hours(-5)) is None
    assert figure("SETTLED_LATE", 20).denominator == 0
    assert figure("SETTLED_LATE", 50).denominator == 1


def test_within_a_second_the_cube_is_shown_as_it_stands_and_says_of_when_it_is() -> None:
    write(life(1, accept(1, 40)))
    rebuild_cube(at=hours(5))
    write(life(2, accept(4, 40)))
    survey = take_survey(as_of=hours(5) + FRESH)
    assert survey.as_of == hours(5)
    assert [item.numerator for item in list_figures(survey) if item.definition.code == "PENDING_IN_TIME"] == [1]
    assert figure("PENDING_IN_TIME", 6).numerator == 2


def test_other_definitions_make_it_unreadable_until_it_is_made_anew() -> None:
    write(life(1, accept(1, 40)))
    rebuild_cube(at=hours(5))
    CubeState.objects.update(layout="before")
    assert find_cube(as_of=hours(5)) is None
    assert not refresh_cube(at=hours(6))
    assert figure("PENDING_IN_TIME", 6).numerator == 1
    assert rebuild_cube(at=hours(6))
    assert find_cube(as_of=hours(6))


def test_what_fails_in_the_middle_leaves_it_as_it_was() -> None:
    write(life(1, accept(1, 40)))
    rebuild_cube(at=hours(5))
    write(life(2, accept(4, 40), agency="H49.31"))
    before, state = cells(), CubeState.objects.values().get()
    with pytest.raises(ZeroDivisionError):
        refresh_and_fail(hours(6))
    assert cells() == before
    assert CubeState.objects.values().get() == state
    assert refresh_cube(at=hours(6))
    assert kept(hours(6), MONTHS[1]) == expected(hours(6), MONTHS[1])


def refresh_and_fail(at: datetime) -> None:
    """Refresh, see that it did something, and lose everything before it is committed."""
    with transaction.atomic():
        before = cells()
        assert refresh_cube(at=at)
        raise ZeroDivisionError if cells() != before else AssertionError


def test_a_refresh_looks_only_at_what_is_new_however_long_the_history() -> None:
    write(deed for n in range(1, 200) for deed in life(n, accept(1, 40), *sealed(3)))
    rebuild_cube(at=hours(5))
    refresh_cube(at=hours(5))
    refresh_cube(at=hours(5))
    write(life(500, accept(4, 40)))
    assert find_changed(after=CubeState.objects.get().settled_id, at=hours(6)) == [500]
