"""Keeping the cube: made whole from the journal, then moved on by what was written since.

One transaction each, under the lock of the one row of state: of two at once one goes away, a crash leaves the cube as
it was. A refresh looks only at dossiers with new entries, or whose truth turns by the passing of time, so it costs the
same however long the history is. Looking at a dossier twice changes nothing: what it added before is taken away.
"""

from collections.abc import Sequence
from datetime import datetime
from time import sleep
from uuid import uuid4

from django.db import connection, transaction

from onestop.facts.rules.contributions import sum_cells
from onestop.facts.rules.signature import Layout
from onestop.indicators.models import CubeState, KeptMoment
from onestop.indicators.operations.cells import add_to_cells
from onestop.indicators.operations.kept import keep_all, keep_some
from onestop.indicators.operations.moments import keep_as_of, take_in_late
from onestop.indicators.queries.changes import find_changed
from onestop.indicators.queries.definitions import kept_layout
from onestop.indicators.rules.moments import list_wished
from onestop.journal.queries.following import find_last_id, list_writers

PORTION = 2000
PATIENCE = 200
PAUSE = 0.05


def rebuild_cube(*, at: datetime) -> bool:
    """Make the cube whole from the journal as of `at`. Returns False if somebody else is at it, or writes too long."""
    settled = _settle()
    if settled is None:
        return False
    layout = kept_layout()
    with transaction.atomic():
        CubeState.objects.get_or_create(id=1, defaults={"layout": "", "as_of": at})
        state = lock_state()
        if state is None:
            return False
        _clear()
        cells = sum_cells(layout, keep_all(layout, at=at))
        state.layout, state.as_of = layout.name, at
        state.generation, state.revision = uuid4().int >> 66, state.revision + 1
        state.settled_id = state.seen_id = settled
        state.writers = []
        add_to_cells(cells, revision=state.revision)
        state.save()
    return True


def refresh_cube(*, at: datetime) -> bool:
    """Move the cube on to `at`. Returns False if there is none of this layout yet, or somebody else is at it.

    At each moment on the way that is to be kept it stops, and is kept as it stands then.
    """
    layout = kept_layout()
    with transaction.atomic():
        state = lock_state()
        if state is None or state.layout != layout.name:
            return False
        for moment in reversed(list_wished(at)):
            if state.as_of < moment <= at:
                _move_on(state, layout, moment)
                keep_as_of(state, layout)
        _move_on(state, layout, max(at, state.as_of))
        state.save()
    return True


def _move_on(state: CubeState, layout: Layout, at: datetime) -> None:
    ended = not set(list_writers()) & set(state.writers)
    changed = find_changed(after=state.settled_id, at=at)
    state.as_of, state.revision = at, state.revision + 1
    settled = state.settled_id
    if ended:  # whoever could have been writing a number up to `seen_id` has ended before we looked
        state.settled_id = max(state.settled_id, state.seen_id)
    state.seen_id = find_last_id()
    state.writers = list_writers()
    for streams in _portions(changed):
        add_to_cells(sum_cells(layout, keep_some(layout, streams, at=at)), revision=state.revision)
    if state.settled_id > settled:
        take_in_late(state, layout, after=settled)


def lock_state() -> CubeState | None:
    """Return the state of the cube, locked until the end of the transaction; None if somebody else has it."""
    return CubeState.objects.select_for_update(skip_locked=True).filter(id=1).first()


def _settle() -> int | None:
    """Return a number up to which no entry can appear any more: who was writing when it was read has ended."""
    last, before = find_last_id(), set(list_writers())
    for _ in range(PATIENCE):
        if not before & set(list_writers()):
            return last
        sleep(PAUSE)
    return None


def _clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM indicators_keptdossier; DELETE FROM indicators_cubecell")
    KeptMoment.objects.all().delete()  # made anew by and by


def _portions(streams: Sequence[int]) -> list[Sequence[int]]:
    return [streams[begin : begin + PORTION] for begin in range(0, len(streams), PORTION)]
