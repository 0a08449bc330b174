"""A file from outside as cells: XLSX or CSV, refused as a whole if it could do harm, else read without judging.

Nothing is computed, fetched or run: formulas stay formulas, so that they can be named as faults. What a hostile file
could do is stopped before a library opens it: too much inside, document types, links to other files, merged ranges and
cell counts made to fill a machine.
"""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from xml.parsers import expat

from onestop.documents.rules.archives import inspect_office
from onestop.errors import Fault, Invalid

LARGEST = 2 * 1024 * 1024
MOST_UNPACKED = 12 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 40
MOST_CELLS = 100_000
MOST_MERGED = 20_000
LONGEST_TEXT = 2_000
_OUTSIDE = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/", "xl/model/")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")


class CellKind(StrEnum):
    """What stands in a cell."""

    TEXT = "text"
    NUMBER = "number"
    FORMULA = "formula"
    MERGED = "merged"
    OTHER = "other"  # a date, a truth, an error


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty: where (`Sheet1!C7`), what kind, and its text in NFC as it was written."""

    place: str
    kind: CellKind
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number from 1, its cells by column number from 1."""

    sheet: str
    number: int
    cells: dict[int, Cell]

    def place(self, column: int) -> str:
        """Return the name of a cell of this row, also of an empty one."""
        return place_of(self.sheet, self.number, column)


def read_rows(data: bytes) -> tuple[Row, ...]:
    """Return every row that is not empty, sheet after sheet. Raises `Invalid` (`sheet.refused`) with every reason."""
    if not data or len(data) > LARGEST:
        raise _refused("upload.too_large" if data else "upload.empty", size=len(data), largest=LARGEST)
    rows = _rows_of_workbook(data) if data[:2] == b"PK" else _rows_of_table(data)
    return tuple(row for row in rows if row.cells)


def place_of(sheet: str, row: int, column: int) -> str:
    """Return how a cell is named: `Sheet1!C7`; in a CSV `C7`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row}" if sheet else f"{letters}{row}"


def _refused(*codes: str, **params: object) -> Invalid:
    return Invalid("sheet.refused", faults=tuple(Fault("file", code, params) for code in codes))


# -- CSV -------------------------------------------------------------------------------------------
def _rows_of_table(data: bytes) -> Iterator[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused("sheet.not_utf8", at_byte=error.start) from error
    if "\x00" in text:
        raise _refused("sheet.not_a_table")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise _refused("sheet.too_many_rows", most=MOST_ROWS, columns=MOST_COLUMNS)
            yield Row("", number, {place: _text_cell(number, place, text) for place, text in _filled(row)})
    except csv.Error as error:
        raise _refused("sheet.not_a_table") from error


def _filled(row: list[str]) -> Iterator[tuple[int, str]]:
    for column, text in enumerate(row, 1):
        if text.strip():
            yield column, _clean(text)


def _text_cell(row: int, column: int, text: str) -> Cell:
    kind = CellKind.FORMULA if text.startswith("=") else CellKind.TEXT
    return Cell(place_of("", row, column), kind, text)


# -- XLSX ------------------------------------------------------------------------------------------
def _rows_of_workbook(data: bytes) -> Iterator[Row]:
    faults = inspect_office(data)
    if faults:
        raise Invalid("sheet.refused", faults=faults)
    merged = _inspect_parts(data)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are not read
            book = load_workbook(io.BytesIO(data), keep_links=False, rich_text=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise _refused("upload.damaged") from error
    if not merged and not book.worksheets:
        raise _refused("sheet.not_a_table")
    for sheet in book.worksheets:
        if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
            raise _refused("sheet.too_many_rows", most=MOST_ROWS, columns=MOST_COLUMNS)
        covered = {cell for area in sheet.merged_cells.ranges for cell in area.cells}
        for cells in sheet.iter_rows():
            found = {cell.column: _cell(sheet.title, cell, covered) for cell in cells if _is_filled(cell, covered)}
            yield Row(_clean(sheet.title), cells[0].row, found)


def _inspect_parts(data: bytes) -> int:
    """Return how many sheets there are. Raises `Invalid` for whatever is there to do harm."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [part.filename for part in archive.infolist()]
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise _refused("upload.too_much_inside")
        if any(name.casefold().startswith(_OUTSIDE) for name in names):
            raise _refused("sheet.outside_links")
        counted = _Counted()
        for name in names:
            if name.endswith((".xml", ".rels")):
                counted.read(archive, name)
    if counted.merged > MOST_MERGED or counted.cells > MOST_CELLS:
        raise _refused("sheet.too_many_rows", most=MOST_ROWS, columns=MOST_COLUMNS)
    return counted.sheets


class _Counted:
    """Reads the XML of a workbook once, building nothing: counts cells and merged areas, refuses document types."""

    def __init__(self) -> None:
        self.cells = self.merged = self.sheets = 0

    def read(self, archive: zipfile.ZipFile, name: str) -> None:
        self.sheets += name.startswith("xl/worksheets/")
        reader = expat.ParserCreate()
        reader.StartDoctypeDeclHandler = self._doctype
        reader.StartElementHandler = self._element
        try:
            reader.Parse(archive.read(name), True)
        except (expat.ExpatError, zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError) as error:
            raise _refused("upload.damaged") from error

    def _doctype(self, *_: object) -> None:
        raise _refused("upload.xml_doctype")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        self.cells += tag == "c"
        if tag == "mergeCell":
            self.merged += _area(attributes.get("ref", ""))


def _area(reference: str) -> int:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise _refused("upload.damaged")
    left, top, right, bottom = found.groups()
    if right is None:
        return 1
    return (abs(_number(right) - _number(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _number(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - ord("A") + 1
    return value


def _is_filled(cell: "object", covered: set[tuple[int, int]]) -> bool:
    return getattr(cell, "value", None) not in (None, "") or _key(cell) in covered


def _key(cell: "object") -> tuple[int, int]:
    return (cell.row, cell.column)  # type: ignore[attr-defined]  # every cell of openpyxl has both


def _cell(sheet: str, cell: "object", covered: set[tuple[int, int]]) -> Cell:
    row, column = _key(cell)
    kinds = {"s": CellKind.TEXT, "inlineStr": CellKind.TEXT, "n": CellKind.NUMBER, "f": CellKind.FORMULA}
    kind = kinds.get(getattr(cell, "data_type", ""), CellKind.OTHER)
    value = getattr(cell, "value", None)
    if kind is CellKind.NUMBER and "%" in str(getattr(cell, "number_format", "")) and isinstance(value, int | float):
        value = round(value * 100, 9)  # 0.7 shown as 70 %
    if (row, column) in covered:
        kind = CellKind.MERGED
    return Cell(place_of(_clean(sheet), row, column), kind, _clean("" if value is None else _written(value)))


def _written(value: object) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _clean(text: str) -> str:
    normal = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).replace("\u00a0", " ")
    return "".join(letter for letter in normal if letter == "\n" or unicodedata.category(letter) != "Cc").strip()
