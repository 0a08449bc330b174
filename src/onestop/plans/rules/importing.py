"""A table of targets, judged cell by cell: every fault with its place, what stands there and what was expected.

Columns are known by their heading in the first row, in Vietnamese or English, in any order; a sheet with none of the
needed headings, such as a list of codes, is passed over. Nothing is guessed: a unit is named by its code or by its full
name, an indicator likewise.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from onestop.errors import Fault
from onestop.plans.rules.measures import Kind, is_value
from onestop.plans.rules.sheets import Cell, CellKind, Row
from onestop.plans.rules.written import read_value

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "year": ("năm", "year"),
    "unit": ("đơn vị", "mã đơn vị", "unit"),
    "indicator": ("chỉ số", "mã chỉ số", "indicator"),
    "target": ("chỉ tiêu", "chỉ tiêu (%)", "target"),
    "weight": ("trọng số", "weight"),
    "document": ("văn bản", "văn bản giao", "document"),
    "page": ("trang", "page"),
    "post": ("chức danh chịu trách nhiệm", "chịu trách nhiệm", "post"),
}
NEEDED = ("unit", "indicator", "target", "document")
NOT_OBTAINED = frozenset({"chưa thu thập được", "not obtained"})
LONGEST = {"document": 200, "page": 40, "post": 40}
HEAVIEST = 100
_YEAR = re.compile(r"20\d\d")
_WHOLE = re.compile(r"\d{1,4}")
UNFIT = {
    Kind.COUNT: "targets.not_a_count",
    Kind.DURATION: "targets.not_a_duration",
    Kind.MONEY: "targets.not_an_amount",
    Kind.DONE: "targets.not_a_yes",
}
"""What is said of a cell that cannot be a target of a kind; of a share it depends."""


@dataclass(frozen=True, slots=True)
class Known:
    """What may be named: units, indicators and posts by code, and by name in lower case (names given twice are out)."""

    units: Mapping[str, str]
    indicators: Mapping[str, str]
    posts: frozenset[str] = frozenset()
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    """The kind of a target about an indicator, by its code; without one it is a share."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One row that can be loaded."""

    unit: str
    indicator: str
    target: Decimal
    weight: int
    document: str
    page: str
    post: str


@dataclass(slots=True)
class Reading:
    """What a table holds: rows to load, rows left out (another year; marked as not obtained), and every fault."""

    rows: list[TargetRow] = field(default_factory=list)
    of_other_years: int = 0
    not_obtained: int = 0
    faults: list[Fault] = field(default_factory=list)


def read_targets(rows: Iterable[Row], *, year: int, known: Known) -> Reading:
    """Return what a table says about `year`. If there is any fault, nothing of it may be loaded."""
    reading = Reading()
    sheets: dict[str, list[Row]] = {}
    for row in rows:
        sheets.setdefault(row.sheet, []).append(row)
    seen: dict[tuple[str, str], str] = {}
    tables = [found for found in sheets.values() if not set(NEEDED).isdisjoint(_headings(found[0]))]
    for found in tables or list(sheets.values())[:1]:
        _read_sheet(found, year, known, seen, reading)
    if not sheets:
        reading.faults.append(Fault("file", "targets.empty"))
    return reading


def _read_sheet(
    rows: Sequence[Row], year: int, known: Known, seen: dict[tuple[str, str], str], reading: Reading
) -> None:
    places = _headings(rows[0])
    missing = [name for name in NEEDED if name not in places]
    if missing:
        expected = ", ".join(COLUMNS[name][0] for name in missing)
        reading.faults.append(Fault(rows[0].place(1), "targets.no_column", {"expected": expected}))
        return
    for row in rows[1:]:
        _Line(row, places, known, reading).read(year, seen)


def _headings(row: Row) -> dict[str, int]:
    names = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
    found: dict[str, int] = {}
    for column, cell in sorted(row.cells.items()):
        name = names.get(" ".join(cell.text.casefold().split()))
        if name is not None:
            found.setdefault(name, column)
    return found


class _Line:
    """One row being read; each fault is added to the reading with its place."""

    def __init__(self, row: Row, places: Mapping[str, int], known: Known, reading: Reading) -> None:
        self.row, self.places, self.known, self.reading = row, places, known, reading
        self.faults_before = len(reading.faults)

    def read(self, year: int, seen: dict[tuple[str, str], str]) -> None:
        """Read the row, and add it to the reading if nothing in it is wrong."""
        if self._is_of_another_year(year):
            self.reading.of_other_years += 1
            return
        if self._text("target").casefold() in NOT_OBTAINED:
            self.reading.not_obtained += 1
            return
        unit, indicator = self._named("unit", self.known.units), self._named("indicator", self.known.indicators)
        found = TargetRow(
            unit=unit,
            indicator=indicator,
            target=self._target(self.known.kinds.get(indicator, Kind.SHARE)),
            weight=self._weight(),
            document=self._bounded("document"),
            page=self._bounded("page"),
            post=self._post(),
        )
        self._note_double(found, seen)
        if len(self.reading.faults) == self.faults_before:
            self.reading.rows.append(found)

    def _is_of_another_year(self, year: int) -> bool:
        text = self._text("year", allow=(CellKind.TEXT, CellKind.NUMBER))
        if not text:
            return False
        if not _YEAR.fullmatch(text):
            self._fault("year", "targets.not_a_year", found=text)
            return False
        return int(text) != year

    def _named(self, column: str, names: Mapping[str, str]) -> str:
        text = self._text(column)
        if not text:
            if self._cell(column) is None:
                self._fault(column, "targets.missing")
            return ""
        code = names.get(text) or names.get(" ".join(text.casefold().split()))
        if code is None:
            self._fault(column, f"targets.unknown_{column}", found=text)
        return code or ""

    def _target(self, kind: Kind) -> Decimal:
        cell = self._cell("target")
        if cell is None:
            self._fault("target", "targets.missing")
            return Decimal(0)
        if not self._is_plain(cell, (CellKind.TEXT, CellKind.NUMBER)):
            return Decimal(0)
        value = read_value(cell, kind)
        if value is None or not is_value(kind, value):
            code = UNFIT.get(kind) or ("targets.not_a_number" if value is None else "targets.outside")
            self._fault("target", code, found=cell.text)
        return value or Decimal(0)

    def _weight(self) -> int:
        text = self._text("weight", allow=(CellKind.TEXT, CellKind.NUMBER))
        if not text:
            return 1
        if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= HEAVIEST:
            self._fault("weight", "targets.not_a_weight", found=text, expected=f"1–{HEAVIEST}")
            return 1
        return int(text)

    def _post(self) -> str:
        text = self._bounded("post")
        if text and text not in self.known.posts:
            self._fault("post", "targets.unknown_post", found=text)
        return text

    def _bounded(self, column: str) -> str:
        text = self._text(column, allow=(CellKind.TEXT, CellKind.NUMBER))
        if column in NEEDED and not text and self._cell(column) is None:
            self._fault(column, "targets.missing")
        if len(text) > LONGEST[column]:
            self._fault(column, "targets.too_long", found=text[:40] + "…", expected=str(LONGEST[column]))
        return text[: LONGEST[column]]

    def _note_double(self, found: TargetRow, seen: dict[tuple[str, str], str]) -> None:
        key = (found.unit, found.indicator)
        if not all(key):
            return
        if key in seen:
            self._fault("unit", "targets.doubled", found=f"{found.unit}, {found.indicator}", expected=seen[key])
        else:
            seen[key] = self.row.place(self.places["unit"])

    def _text(self, column: str, allow: tuple[CellKind, ...] = (CellKind.TEXT,)) -> str:
        cell = self._cell(column)
        if cell is None:
            return ""
        if column == "target":
            return cell.text
        return cell.text if self._is_plain(cell, allow) else ""

    def _cell(self, column: str) -> Cell | None:
        return self.row.cells.get(self.places.get(column, 0))

    def _is_plain(self, cell: Cell, allow: tuple[CellKind, ...]) -> bool:
        codes = {CellKind.FORMULA: "targets.formula", CellKind.MERGED: "targets.merged"}
        if cell.kind in allow:
            return True
        code = codes.get(cell.kind, "targets.other_kind")
        if Fault(cell.place, code, {"found": cell.text}) not in self.reading.faults:
            self.reading.faults.append(Fault(cell.place, code, {"found": cell.text}))
        return False

    def _fault(self, column: str, code: str, **params: str) -> None:
        self.reading.faults.append(Fault(self.row.place(self.places[column]), code, params))
