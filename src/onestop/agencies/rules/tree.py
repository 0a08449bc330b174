"""The units as a tree in memory: who is below whom, which agency a unit belongs to, which desk and division serve."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from onestop.agencies.rules.units import AGENCY_KINDS, UnitKind, is_valid_on


@dataclass(frozen=True, slots=True)
class Branch:
    """What the tree needs to know of one unit."""

    id: int
    code: str
    kind: UnitKind
    parent_id: int | None
    national_code: str = ""
    sectors: frozenset[str] = frozenset()
    valid_from: date | None = None
    valid_until: date | None = None

    def is_valid_on(self, on: date) -> bool:
        """True if the unit exists on that day."""
        return is_valid_on(on, self.valid_from, self.valid_until)


class Tree:
    """All units of one version of the structure. Never changed once made."""

    def __init__(self, branches: Iterable[Branch]) -> None:
        self.by_id = {branch.id: branch for branch in sorted(branches, key=lambda branch: branch.code)}
        self._below: dict[int, frozenset[int]] = {}

    @cached_property
    def by_code(self) -> dict[str, Branch]:
        """All units by code."""
        return {branch.code: branch for branch in self.by_id.values()}

    @cached_property
    def children(self) -> dict[int | None, tuple[Branch, ...]]:
        """The units directly below each, in the order of their codes."""
        found: dict[int | None, list[Branch]] = {}
        for branch in self.by_id.values():
            found.setdefault(branch.parent_id, []).append(branch)
        return {parent: tuple(below) for parent, below in found.items()}

    def subordinate_ids(self, unit_id: int) -> frozenset[int]:
        """Return the unit and all below it, whether they still exist or not: old dossiers stay in sight."""
        if unit_id not in self._below:
            found, waiting = set(), [unit_id]
            while waiting:
                found.add(waiting[-1])
                waiting.extend(child.id for child in self.children.get(waiting.pop(), ()))
            self._below[unit_id] = frozenset(found)
        return self._below[unit_id]

    def agency_of(self, unit_id: int) -> Branch:
        """Return the nearest unit upwards, itself included, that is an agency of its own. Raises KeyError."""
        branch = self.by_id[unit_id]
        while branch.kind not in AGENCY_KINDS and branch.parent_id is not None:
            branch = self.by_id[branch.parent_id]
        return branch

    def desk_of(self, agency_id: int, on: date) -> Branch | None:
        """Return the one-stop desk of an agency on that day, or None."""
        return next(iter(self._parts(agency_id, UnitKind.DESK, on)), None)

    def division_for(self, agency_id: int, sector: str, on: date) -> Branch | None:
        """Return the division of an agency that handles a sector on that day; else its first one, or None."""
        divisions = self._parts(agency_id, UnitKind.DIVISION, on)
        in_charge = (division for division in divisions if sector in division.sectors)
        return next(in_charge, next(iter(divisions), None))

    def department_for(self, sector: str, on: date) -> Branch | None:
        """Return the department with a division in charge of a sector on that day, or None."""
        for branch in self.by_id.values():
            if branch.kind is not UnitKind.DEPARTMENT or not branch.is_valid_on(on):
                continue
            if any(sector in part.sectors for part in self._parts(branch.id, UnitKind.DIVISION, on)):
                return branch
        return None

    def _parts(self, agency_id: int, kind: UnitKind, on: date) -> tuple[Branch, ...]:
        parts = self.children.get(agency_id, ())
        return tuple(part for part in parts if part.kind is kind and part.is_valid_on(on))
