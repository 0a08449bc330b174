"""The tree of units, kept in the process until the structure's version changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from onestop.agencies.models import Structure, Unit
from onestop.agencies.rules import Branch, Tree, UnitKind

_kept: dict[UUID, Tree] = {}
_held: ContextVar[list[Tree] | None] = ContextVar("held_tree", default=None)


def get_tree() -> Tree:
    """Return the tree of all units; one small statement asks whether the one in memory still holds.

    Within `hold_tree` only the first call asks.
    """
    held = _held.get()
    if held:
        return held[0]
    tree = get_tree_of(Structure.objects.values_list("version", flat=True).first())
    if held is not None:
        held.append(tree)
    return tree


@contextmanager
def hold_tree() -> Iterator[None]:
    """Let everything that is read within see one and the same tree. Not for what changes units, or acts by them."""
    token = _held.set([])
    try:
        yield
    finally:
        _held.reset(token)


def get_tree_of(version: UUID | None) -> Tree:
    """Return the tree of that version, read anew if another one is in memory. Without a version, nothing is kept."""
    if version is None:
        return _read()
    tree = _kept.get(version)
    if tree is None:
        tree = _read()
        _kept.clear()
        _kept[version] = tree
    return tree


def _read() -> Tree:
    columns = ("id", "code", "kind", "parent_id", "national_code", "sectors", "valid_from", "valid_until")
    return Tree(
        Branch(unit_id, code, UnitKind(kind), parent, national, frozenset(sectors), begin, end)
        for unit_id, code, kind, parent, national, sectors, begin, end in Unit.objects.values_list(*columns)
    )
