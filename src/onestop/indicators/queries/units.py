"""Which dossiers belong to a unit, and which units a principal may ask about.

What follows from the structure of units is kept with the tree it was read beside: another version is another tree.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onestop.accounts.rules import Principal
from onestop.agencies.models import Succession, Unit
from onestop.agencies.queries import list_children
from onestop.agencies.queries.trees import get_tree
from onestop.agencies.rules import AGENCY_KINDS, Branch, Tree, UnitKind
from onestop.errors import NotFound
from onestop.facts.rules.tally import UnitFilter

EVERYTHING = UnitFilter()
RECEIVING = frozenset({UnitKind.DESK, UnitKind.CENTRE})


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit as a row of a table: its code, its names by language, which dossiers are its."""

    code: str
    names: dict[str, str]
    filter: UnitFilter

    def name(self, language: str) -> str:
        """Return the name in `language`, else the Vietnamese one."""
        return self.names.get(language) or self.names.get("vi", self.code)


def unit_filter(code: str, *, on: date) -> UnitFilter:
    """Return which dossiers belong to a unit on the map of the day `on`. Raises `NotFound`.

    An agency answers for its own and its subordinates' dossiers, and for those of the units that mainly went into it;
    a desk and the centre for what came in there; a division has the figures of its agency.
    """
    if not code:
        return EVERYTHING
    return _filter(get_tree(), get_branch(code), on)


def get_branch(code: str) -> Branch:
    """Return a unit of the tree. Raises `NotFound`."""
    branch = get_tree().by_code.get(code)
    if branch is None:
        raise NotFound("unit.not_found", unit=code)
    return branch


def check_may_see(code: str, by: Principal) -> None:
    """Raise `NotFound` if the unit is neither in the subtree of `by` nor the agency it works in."""
    branch = get_branch(code)
    if branch.id in by.unit_ids:
        return
    if by.unit_id is None or get_tree().agency_of(by.unit_id).id != branch.id:
        raise NotFound("unit.not_found", unit=code)


def own_agency(by: Principal) -> str:
    """Return the code of the agency in which `by` works, empty if none."""
    return get_tree().agency_of(by.unit_id).code if by.unit_id is not None else ""


def all_unit_ids() -> frozenset[int]:
    """Return the ids of all units, past ones included."""
    return frozenset(get_tree().by_id)


def top_unit() -> str:
    """Return the code of the province, empty if no units are loaded."""
    return next((branch.code for branch in get_tree().by_id.values() if branch.kind is UnitKind.PROVINCE), "")


def list_agencies_below(code: str, *, on: date) -> list[UnitShown]:
    """Return the agencies directly below a unit on that day, each with the dossiers that are its."""
    return list(_agencies_below(get_tree(), get_branch(code), on))


@lru_cache(maxsize=256)
def _agencies_below(tree: Tree, branch: Branch, on: date) -> tuple[UnitShown, ...]:
    found = list_children(branch.id, on=on).filter(kind__in=sorted(AGENCY_KINDS - {UnitKind.CENTRE}))
    return tuple(UnitShown(unit.code, unit.names, _filter(tree, tree.by_id[unit.pk], on)) for unit in found)


def find_parent(code: str) -> str:
    """Return the code of the agency above a unit, empty if there is none."""
    tree, branch = get_tree(), get_branch(code)
    above = tree.by_id.get(branch.parent_id) if branch.parent_id is not None else None
    return tree.agency_of(above.id).code if above else ""


def find_names(code: str) -> dict[str, str]:
    """Return the names of a unit by language, empty if it is unknown."""
    return _names(get_tree(), code)


@lru_cache(maxsize=1024)
def _names(_tree: Tree, code: str) -> dict[str, str]:
    return Unit.objects.filter(code=code).values_list("names", flat=True).first() or {}


def find_names_of(codes: Collection[str]) -> dict[str, dict[str, str]]:
    """Return the names of units by code and language, in one statement; unknown ones are left out."""
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "names"))


@lru_cache(maxsize=1024)
def _filter(tree: Tree, branch: Branch, on: date) -> UnitFilter:
    if branch.kind in RECEIVING:
        return UnitFilter("desk", _codes(tree, tree.subordinate_ids(branch.id)))
    earlier = _main_predecessors(tree, on)
    ids = set(tree.subordinate_ids(tree.agency_of(branch.id).id))
    ids |= {part for agency in ids for old in earlier.get(agency, ()) for part in tree.subordinate_ids(old)}
    return UnitFilter("agency", _codes(tree, frozenset(ids)))


def _codes(tree: Tree, ids: frozenset[int]) -> frozenset[str]:
    return frozenset(tree.by_id[unit].code for unit in ids)


@lru_cache(maxsize=64)
def _main_predecessors(_tree: Tree, on: date) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = Succession.objects.filter(is_main=True, on__lte=on).values_list("successor_id", "predecessor_id")
    for successor, predecessor in rows:
        found.setdefault(successor, []).append(predecessor)
    return found
