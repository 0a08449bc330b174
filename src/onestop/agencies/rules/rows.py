"""Rows of the tables from which units, successions and posts are loaded: what they must hold, what is wrong with them.

Each reader takes one row as text by column and returns either the value or every fault of the row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from onestop.accounts.rules import Role
from onestop.agencies.rules.units import SuccessionShare, UnitKind
from onestop.errors import Fault

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that cannot be used: which file, which line (the head is line 1), and why."""

    file: str
    line: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the table gives it; `parent` and `seat` are codes."""

    code: str
    kind: UnitKind
    parent: str
    names: dict[str, str]
    type: str
    agency_code: str
    national_code: str
    is_vertical: bool
    seat: str
    sectors: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    latitude: Decimal | None
    longitude: Decimal | None
    area_km2: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """A succession as the table gives it; both units are codes."""

    predecessor: str
    successor: str
    share: SuccessionShare
    is_main: bool
    on: date
    ground: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as the table gives it; the unit is a code."""

    code: str
    unit: str
    role: Role
    names: dict[str, str]


class _Reader:
    """Reads the cells of one row and gathers what is wrong."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def text(self, column: str, *, needed: bool = False) -> str:
        value = (self.row.get(column) or "").strip()
        if needed and not value:
            self.faults.append(Fault(column, "row.empty"))
        return value

    def names(self, prefix: str) -> dict[str, str]:
        found = {language: self.text(f"{prefix}_{language}") for language in ("vi", "en", "ur")}
        if not found["vi"]:
            self.faults.append(Fault(f"{prefix}_vi", "row.empty"))
        return {language: name for language, name in found.items() if name}

    def day(self, column: str, *, needed: bool = False) -> date | None:
        value = self.text(column, needed=needed)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.faults.append(Fault(column, "row.not_a_day", {"value": value}))
            return None

    def number(self, column: str) -> Decimal | None:
        value = self.text(column)
        try:
            return Decimal(value) if value else None
        except InvalidOperation:
            self.faults.append(Fault(column, "row.not_a_number", {"value": value}))
            return None

    def choice(self, column: str, choices: type[UnitKind] | type[SuccessionShare] | type[Role]) -> str:
        value = self.text(column, needed=True)
        if value and value not in list(choices):
            self.faults.append(Fault(column, "row.unknown_value", {"value": value}))
        return value


def read_unit(row: Row) -> UnitRow | tuple[Fault, ...]:
    """Return the unit in a row of `units.csv`, or all its faults."""
    read = _Reader(row)
    kind = read.choice("kind", UnitKind)
    begin, end = read.day("valid_from"), read.day("valid_until")
    if begin and end and end <= begin:
        read.faults.append(Fault("valid_until", "row.ends_before_it_begins"))
    unit = UnitRow(
        code=read.text("code", needed=True),
        kind=UnitKind(kind) if kind in list(UnitKind) else UnitKind.DIVISION,
        parent=read.text("parent", needed=kind != UnitKind.PROVINCE),
        names=read.names("name"),
        type=read.text("type"),
        agency_code=read.text("agency_code"),
        national_code=read.text("national_code"),
        is_vertical=read.text("is_vertical") == "1",
        seat=read.text("seat"),
        sectors=tuple(part for part in read.text("sectors").split(";") if part),
        valid_from=begin,
        valid_until=end,
        latitude=read.number("latitude"),
        longitude=read.number("longitude"),
        area_km2=read.number("area_km2"),
        source=read.text("source"),
    )
    return tuple(read.faults) or unit


def read_succession(row: Row) -> SuccessionRow | tuple[Fault, ...]:
    """Return the succession in a row of `successions.csv`, or all its faults."""
    read = _Reader(row)
    share, on = read.choice("share", SuccessionShare), read.day("on", needed=True)
    predecessor, successor = read.text("predecessor", needed=True), read.text("successor", needed=True)
    if read.faults or on is None:
        return tuple(read.faults)
    is_main = read.text("is_main") == "1" or share == SuccessionShare.WHOLE
    return SuccessionRow(predecessor, successor, SuccessionShare(share), is_main, on, read.text("ground"))


def read_post(row: Row) -> PostRow | tuple[Fault, ...]:
    """Return the post in a row of `posts.csv`, or all its faults."""
    read = _Reader(row)
    role = read.choice("role", Role)
    code, unit, names = read.text("code", needed=True), read.text("unit", needed=True), read.names("title")
    if role == Role.APPLICANT:
        read.faults.append(Fault("role", "row.unknown_value", {"value": role}))
    return tuple(read.faults) or PostRow(code, unit, Role(role), names)
