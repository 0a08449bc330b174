"""Kept moments are the journal counted as of then: made by portions, kept in passing, and mended by what comes late."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.facts.queries.counting import count_by_unit
from onestop.facts.rules.periods import month_of, month_start
from onestop.facts.rules.reference import Deed
from onestop.indicators.models import CubeState, KeptMoment, MomentCell
from onestop.indicators.operations.cube import rebuild_cube, refresh_cube
from onestop.indicators.operations.moments import keep_portion
from onestop.indicators.queries.moments import count_moment, find_kept
from onestop.indicators.rules.moments import DAYS, day_end, first_month, is_outdated, list_wished, month_end
from tests.facts.journals import MOMENT, accept, hours, life, random_lives, sealed, write
from tests.facts.test_facts import DEFINITIONS, THOROUGH

pytestmark = pytest.mark.django_db
Rows = dict[tuple[str, str], tuple[int, ...]]
FEBRUARY = month_end(month_of(hours(0)))
LATER = hours(24 * 40)
EARLY = hours(-24 * 100)
"""Before anything happens in these stories."""


def expected(moment: datetime, month: int) -> Rows:
    """Return the numbers by the statement over the journal."""
    return count_by_unit(DEFINITIONS, as_of=moment, period_from=month_start(month)).as_rows()


def check(moments: Sequence[datetime], at: datetime) -> int:
    """Hold every kept moment against the journal, for periods of all kinds; return how many are kept."""
    found = find_kept(moments, at=at)
    for moment, cube in found.items():
        first, last = first_month(moment), month_of(moment)
        for month in (first, last, last + 1) if moment > EARLY else (first,):
            assert cube.tally(month).as_rows() == expected(moment, month), (moment, month)
    return len(found)


def keep_all(at: datetime, size: int = 1000) -> int:
    """Make every portion that is missing; return how many."""
    count = 0
    while keep_portion(at=at, size=size):
        count += 1
    return count


@settings(THOROUGH, max_examples=10)
@given(
    deeds=random_lives(),
    moments=st.lists(MOMENT, min_size=2, max_size=4, unique=True),
    size=st.integers(1, 3),
    data=st.data(),
)
def test_whatever_arrives_in_whatever_order_they_equal_the_journal(
    deeds: list[Deed], moments: list[datetime], size: int, data: st.DataObject
) -> None:
    with transaction.atomic():
        mixed, moments = data.draw(st.permutations(deeds)), sorted(moments)
        assert rebuild_cube(at=moments[0])
        for at in moments:
            cut = data.draw(st.integers(0, len(mixed)))
            write(mixed[:cut])
            mixed = mixed[cut:]
            for _ in range(data.draw(st.integers(0, 3))):
                keep_portion(at=at, size=size)
            assert refresh_cube(at=at)
        write(mixed)
        assert refresh_cube(at=moments[-1])
        assert refresh_cube(at=moments[-1])
        keep_all(moments[-1], size)
        wished = [moment for moment in list_wished(moments[-1]) if moment < moments[-1]]
        assert check(wished, moments[-1]) == len(wished)
        transaction.set_rollback(True)


@settings(THOROUGH, max_examples=10)
@given(deeds=random_lives(), at=MOMENT)
def test_any_moment_is_counted_in_one_pass_for_every_period(deeds: list[Deed], at: datetime) -> None:
    with transaction.atomic():
        write(deeds)
        cube = count_moment(at)
        for month in range(first_month(at), month_of(at) + 2):
            assert cube.tally(month).as_rows() == expected(at, month)
        transaction.set_rollback(True)


def settle(at: datetime) -> None:
    """Refresh until everything written is settled."""
    for _ in range(2):
        assert refresh_cube(at=at)


def test_a_month_that_ends_is_kept_in_passing_without_a_look_at_the_journal_before() -> None:
    write(life(1, accept(1, 40), *sealed(30)) + life(2, accept(1, 4000), agency="H49.31"))
    rebuild_cube(at=FEBRUARY - timedelta(hours=1))
    settle(FEBRUARY - timedelta(hours=1))
    assert not KeptMoment.objects.exists()
    settle(FEBRUARY + timedelta(hours=1))
    assert KeptMoment.objects.get().is_whole
    assert check([FEBRUARY], FEBRUARY + timedelta(hours=1)) == 1


def test_an_entry_that_arrives_late_is_in_the_month_it_took_effect_in() -> None:
    write(life(1, accept(1, 40)))
    rebuild_cube(at=LATER)
    assert keep_all(LATER) > 1
    before = {cell.pk: cell.numbers for cell in MomentCell.objects.filter(moment_id=FEBRUARY)}
    write(life(2, accept(1, 40), *sealed(20)))
    settle(LATER)
    assert {cell.pk: cell.numbers for cell in MomentCell.objects.filter(moment_id=FEBRUARY)} != before
    assert check(list_wished(LATER), LATER) == len(KeptMoment.objects.all())


def test_what_is_not_settled_is_seen_in_passing_and_nothing_is_written() -> None:
    write(life(1, accept(1, 40)))
    rebuild_cube(at=LATER)
    keep_all(LATER)
    write(life(2, accept(1, 40), *sealed(20)))
    before = list(MomentCell.objects.values())
    assert check([FEBRUARY], LATER + timedelta(seconds=5)) == 1
    assert list(MomentCell.objects.values()) == before


def test_a_crash_in_the_middle_leaves_all_as_it_was_and_twice_is_once() -> None:
    write(life(1, accept(1, 40)))
    rebuild_cube(at=LATER)
    keep_all(LATER)
    write(life(2, accept(1, 40), *sealed(20)))
    refresh_cube(at=LATER)
    before, state = list(MomentCell.objects.order_by("pk").values()), CubeState.objects.values().get()
    with pytest.raises(ZeroDivisionError):
        refresh_and_fail()
    assert list(MomentCell.objects.order_by("pk").values()) == before
    assert CubeState.objects.values().get() == state
    settle(LATER)
    after = list(MomentCell.objects.order_by("pk").values())
    settle(LATER)
    assert list(MomentCell.objects.order_by("pk").values()) == after
    assert check([FEBRUARY], LATER) == 1


def refresh_and_fail() -> None:
    """Refresh, see that a kept moment changed, and lose everything before it is committed."""
    with transaction.atomic():
        before = list(MomentCell.objects.values_list("numbers"))
        assert refresh_cube(at=LATER)
        raise ZeroDivisionError if list(MomentCell.objects.values_list("numbers")) != before else AssertionError


def test_only_what_the_journal_reaches_back_to_is_counted_and_the_newest_comes_first() -> None:
    write(deed for n in range(1, 8) for deed in life(n, accept(1, 40)))
    rebuild_cube(at=LATER)
    assert keep_portion(at=LATER, size=4)
    first = KeptMoment.objects.get()
    assert (first.at, first.is_whole) == (day_end(LATER), False)
    assert find_kept([first.at], at=LATER) == {}
    keep_all(LATER, 4)
    assert set(KeptMoment.objects.values_list("at", flat=True)) == set(list_wished(LATER))
    assert not MomentCell.objects.filter(moment_id__lt=hours(0)).exists()


def test_what_is_of_no_use_any_more_goes() -> None:
    write(life(1, accept(1, 40)))
    rebuild_cube(at=LATER)
    keep_all(LATER)
    much_later = LATER + DAYS + timedelta(days=20)
    settle(much_later)
    keep_all(much_later)
    kept = set(KeptMoment.objects.values_list("at", flat=True))
    assert kept == set(list_wished(much_later))
    assert not any(is_outdated(moment, much_later) for moment in kept)


def test_made_anew_the_cube_makes_its_moments_anew() -> None:
    write(life(1, accept(1, 40)))
    rebuild_cube(at=LATER)
    keep_all(LATER)
    assert check([FEBRUARY], LATER) == 1
    write(life(2, accept(1, 40)))
    rebuild_cube(at=LATER)
    assert check([FEBRUARY], LATER) == 0
    keep_all(LATER)
    assert check([FEBRUARY], LATER) == 1
