"""Writers who commit out of order, and two who keep the cube at once: nothing is lost, nothing is counted twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from onestop.facts.queries.counting import count_by_unit
from onestop.facts.rules.periods import year_start
from onestop.indicators.models import CubeState, KeptDossier
from onestop.indicators.operations.cube import rebuild_cube, refresh_cube
from onestop.indicators.queries.cube import find_tally, needs_rebuilding
from onestop.indicators.tasks import keep_cube
from onestop.journal.models import JournalEntry
from tests.facts.journals import accept, hours, life, write
from tests.facts.test_facts import DEFINITIONS

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 20


@contextmanager
def held_open(act: Callable[[], object]) -> Iterator[None]:
    """Do something in a transaction of another connection, and commit it only at the end."""
    done, end = Event(), Event()

    def run() -> None:
        with transaction.atomic():
            act()
            done.set()
            end.wait(WAIT)
        connection.close()

    other = Thread(target=run)
    other.start()
    try:
        assert done.wait(WAIT)
        yield
    finally:
        end.set()
        other.join(WAIT)


def check(at: float) -> int:
    """Hold the cube against the journal; return how many dossiers are in it."""
    found = find_tally(as_of=hours(at), period_from=year_start(hours(at)))
    assert found
    journal = count_by_unit(DEFINITIONS, as_of=hours(at), period_from=year_start(hours(at)))
    assert found[0].as_rows() == journal.as_rows()
    return int(found[0].numbers[:, 0].sum())


def test_an_entry_with_a_smaller_number_that_appears_later_is_counted() -> None:
    write(life(1, accept(1, 40)))
    rebuild_cube(at=hours(5))
    with held_open(lambda: write(life(2, accept(2, 40)))):
        write(life(3, accept(3, 40)))
        for _ in range(3):
            assert refresh_cube(at=hours(5))
        assert check(5) == 2
        assert CubeState.objects.get().settled_id < max(JournalEntry.objects.values_list("id", flat=True))
    for _ in range(2):
        assert refresh_cube(at=hours(5))
    assert check(5) == 3
    assert CubeState.objects.get().settled_id == max(JournalEntry.objects.values_list("id", flat=True))


def test_numbers_that_were_given_back_hold_nobody_up() -> None:
    write(life(1, accept(1, 40)))
    rebuild_cube(at=hours(5))
    with transaction.atomic():
        write(life(2, accept(2, 40)))
        transaction.set_rollback(True)
    write(life(3, accept(3, 40)))
    for _ in range(2):
        refresh_cube(at=hours(5))
    assert check(5) == 2
    assert CubeState.objects.get().settled_id == max(JournalEntry.objects.values_list("id", flat=True))


def test_of_two_keepers_one_goes_away() -> None:
    write(life(1, accept(1, 40)))
    rebuild_cube(at=hours(5))
    write(life(2, accept(2, 40)))
    with held_open(lambda: refresh_cube(at=hours(6))):
        assert not refresh_cube(at=hours(6))
        assert not rebuild_cube(at=hours(6))
        assert check(6) == 2, "read right though it lags"
    assert check(6) == 2
    assert refresh_cube(at=hours(7))
    assert check(7) == 2


def test_the_keeper_makes_it_and_moves_it_on_until_told_to_end() -> None:
    write(life(1, accept(1, 40)))
    ended = Event()

    def keep() -> None:
        keep_cube(ended)
        connection.close()

    keeper = Thread(target=keep)
    keeper.start()
    try:
        assert within(lambda: not needs_rebuilding())
        write(life(2, accept(2, 40)))
        assert within(lambda: KeptDossier.objects.count() == 2)
    finally:
        ended.set()
        keeper.join(WAIT)
    assert not keeper.is_alive()


def within(happened: Callable[[], bool]) -> bool:
    """Return whether something happens before patience ends."""
    return any(happened() or Event().wait(0.1) for _ in range(10 * WAIT))
