"""Keeping the cube as of past moments, exactly: entries that arrive late are taken in, portions make what is missing.

Whole or in the making, a kept moment holds the entries up to the cube's settled number, of the dossiers it has come to.
So all of it is done under the lock of the cube's state, in the transaction that moves that number on: a crash leaves
everything as it was, and of two keepers one goes away.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from uuid import uuid4

from django.db import connection, transaction

from onestop.facts.queries.signatures import summed_as_of
from onestop.facts.rules.contributions import Weighted, sum_cells
from onestop.facts.rules.signature import Layout
from onestop.indicators.models import CubeState, KeptMoment
from onestop.indicators.models.moments import LAST
from onestop.indicators.operations.cells import add_to_cells
from onestop.indicators.queries.definitions import kept_layout
from onestop.indicators.queries.late import find_first_moment, find_late, list_kept_above, list_next
from onestop.indicators.rules.moments import first_month, is_outdated, list_wished

FIRST = -LAST
_COPY = """
INSERT INTO indicators_momentcell (moment_id, agency, desk, month, numbers, revision)
SELECT %(at)s, agency, desk, month, numbers, %(revision)s FROM indicators_cubecell WHERE month >= %(first)s
"""


def keep_as_of(state: CubeState, layout: Layout) -> None:
    """Keep the cube as it stands now as of its moment; the caller holds its lock.

    What is in it of entries above the settled number is taken out again: it comes in when they are settled.
    """
    moment = _begin(state, state.as_of, done_until=LAST)
    with connection.cursor() as cursor:
        cursor.execute(_COPY, {"at": moment.at, "revision": state.revision, "first": first_month(moment.at)})
    loose = list_kept_above(state.settled_id)
    taken = ((place, signature, -1) for place, signature in loose.values() if signature is not None)
    settled = summed_as_of(layout, moment.at, streams=list(loose), until=state.settled_id)
    _add(moment, layout, chain(taken, settled), revision=state.revision)


def take_in_late(state: CubeState, layout: Layout, *, after: int) -> None:
    """Take the entries that have settled since number `after` into the kept moments they had taken effect by."""
    newest = KeptMoment.objects.order_by("-at").values_list("at", flat=True).first()
    late = find_late(after=after, until=state.settled_id, by=newest) if newest else {}
    if not late:
        return
    for moment in KeptMoment.objects.filter(at__gte=min(late.values())):
        streams = [stream for stream, at in late.items() if at <= moment.at and stream <= moment.done_until]
        before = summed_as_of(layout, moment.at, streams=streams, until=after)
        now = summed_as_of(layout, moment.at, streams=streams, until=state.settled_id)
        taken = ((place, signature, -count) for place, signature, count in before)
        _add(moment, layout, chain(taken, now), revision=state.revision)


def keep_portion(*, at: datetime, size: int) -> bool:
    """Make a portion of the newest moment that is missing: so many dossiers. Returns False if nothing is missing.

    Also False if there is no cube yet, or somebody else is at it.
    """
    layout = kept_layout()
    with transaction.atomic():
        state = CubeState.objects.select_for_update(skip_locked=True).filter(id=1, layout=layout.name).first()
        moment = _find_missing(state, at) if state else None
        if state is None or moment is None:
            return False
        streams = list_next(after=moment.done_until, count=size)
        found = summed_as_of(layout, moment.at, streams=streams, until=state.settled_id)
        state.revision += 1
        moment.done_until = streams[-1] if len(streams) == size else LAST
        _add(moment, layout, found, revision=state.revision)
        moment.save(update_fields=["done_until"])
        state.save(update_fields=["revision"])
    return True


def _find_missing(state: CubeState, at: datetime) -> KeptMoment | None:
    """Return the newest moment that is wished for and not whole; begin it, and forget the outdated ones."""
    kept = {moment.at: moment for moment in KeptMoment.objects.all()}
    KeptMoment.objects.filter(at__in=[moment for moment in kept if is_outdated(moment, at)]).delete()
    missing = [moment for moment in list_wished(at) if moment not in kept or not kept[moment].is_whole]
    missing = [moment for moment in missing if moment < state.as_of]
    if not missing:
        return None
    if missing[0] in kept:
        return kept[missing[0]]
    begin = find_first_moment()
    return _begin(state, missing[0], done_until=FIRST if begin and begin <= missing[0] else LAST)


def _begin(state: CubeState, at: datetime, *, done_until: int) -> KeptMoment:
    return KeptMoment.objects.create(
        at=at,
        layout=state.layout,
        done_until=done_until,
        generation=uuid4().int >> 66,
        revision=state.revision,
    )


def _add(moment: KeptMoment, layout: Layout, dossiers: Iterable[Weighted], *, revision: int) -> None:
    first = first_month(moment.at)
    changes = {cell: numbers for cell, numbers in sum_cells(layout, dossiers).items() if cell[2] >= first}
    if not changes:
        return
    add_to_cells(changes, revision=revision, moment=moment.at)
    moment.revision = revision
    moment.save(update_fields=["revision"])
