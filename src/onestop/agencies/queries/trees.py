"""The tree of units, kept in the process until the structure's version changes."""

from uuid import UUID

from onestop.agencies.models import Structure, Unit
from onestop.agencies.rules import Branch, Tree, UnitKind

_kept: dict[UUID, Tree] = {}


def get_tree() -> Tree:
    """Return the tree of all units; one small statement asks whether the one in memory still holds."""
    return get_tree_of(Structure.objects.values_list("version", flat=True).first())


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
