"""Bringing procedures in: from a file to procedures and their versions, in one transaction.

A file whose structure is broken loads nothing. A row that cannot be used is named with every reason and left out; the
others are loaded. A second import of the same file changes nothing and says so.
"""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.catalogue import queries
from onestop.catalogue.operations.forms import import_forms
from onestop.catalogue.operations.merging import Shelf
from onestop.catalogue.operations.reports import ImportReport, Remark, check_right
from onestop.catalogue.rules.facts import Reading
from onestop.catalogue.rules.files import FileKind, Records, read_file
from onestop.catalogue.rules.reading_core import read_record
from onestop.catalogue.rules.reading_list import read_line
from onestop.errors import Invalid

FIRST_DAY = date(2023, 1, 1)
"""From when a first version is taken to be in force, since the source does not tell: the start of the period the house
keeps figures for. The version is marked `effective_assumed`."""

OWN_FILES = ("procedures_core.json", "procedures_list.csv.gz", "forms.json")


def load_own_catalogue(*, by: Principal, at: datetime) -> tuple[ImportReport, ...]:
    """Load the catalogue that comes with the house: curated procedures first, then the whole list, then the forms."""
    return tuple(import_file(data=queries.read_data(name), by=by, at=at) for name in OWN_FILES)


def import_file(*, data: bytes, by: Principal, at: datetime) -> ImportReport:
    """Import a file of procedures or of forms, whichever it is. Raises as `import_catalogue`."""
    records = read_file(data)
    if records.kind is FileKind.FORMS:
        return import_forms(records=records, by=by, at=at)
    return _import(records, by=by, at=at)


def import_catalogue(
    *,
    by: Principal,
    at: datetime,
    path: Path | None = None,
    data: bytes | None = None,
    effective_from: date | None = None,
) -> ImportReport:
    """Import procedures from a file (the shapes of `procedures_core.json` and `procedures_list.csv`, also gzipped).

    What changed in a procedure already known becomes a new version from `effective_from` (the local day of `at` if not
    given). Raises `Invalid` if the file as a whole cannot be used, `Refused` if `by` may not.
    """
    if data is None:
        if path is None:
            raise Invalid("file.empty")
        data = path.read_bytes()
    records = read_file(data)
    if records.kind is FileKind.FORMS:
        raise Invalid("file.unknown_shape")
    return _import(records, by=by, at=at, effective_from=effective_from)


def _import(records: Records, *, by: Principal, at: datetime, effective_from: date | None = None) -> ImportReport:
    check_right(by)
    read = read_record if records.kind is FileKind.CORE else read_line
    readings = _name_repeated([read(number, row) for number, row in records.rows])
    unusable = [(number, code, "columns_do_not_fit_the_heading") for number, code in records.broken]
    unusable += [(item.row, item.code, reason) for item in readings for reason in item.reasons]
    with transaction.atomic():
        shelf = Shelf(by=by, at=at, first_day=FIRST_DAY, effective_from=effective_from)
        for item in readings:
            if item.facts is not None:
                shelf.put(item.row, item.facts)
        shelf.write()
    queries.forget_words()
    queries.forget_versions()
    return ImportReport(
        kind=records.kind.value,
        rows=len(readings) + len(records.broken),
        created=shelf.created,
        updated=shelf.updated,
        unchanged=shelf.unchanged,
        unusable=tuple(sorted([*unusable, *shelf.unusable])),
        doubtful=tuple(sorted([*_doubts(readings), *shelf.doubtful])),
    )


def _name_repeated(readings: Iterable[Reading]) -> list[Reading]:
    """The first of several rows with one code is taken, the others are unusable: nothing tells which is right."""
    seen: set[str] = set()
    named = []
    for item in readings:
        repeated = bool(item.code) and item.code in seen
        seen.add(item.code)
        named.append(
            Reading(item.row, item.code, None, (*item.reasons, "code_repeated"), item.doubts) if repeated else item
        )
    return named


def _doubts(readings: Iterable[Reading]) -> list[Remark]:
    return [(item.row, item.code, doubt) for item in readings for doubt in item.doubts]
