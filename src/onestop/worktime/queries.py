"""Which calendar holds.

Without a published version the one that comes with the package holds, and that one can be had without a database
(`get_packaged_calendar`): the models are imported only where they are needed.
"""

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from time import monotonic
from typing import NamedTuple

from onestop.worktime.rules import CalendarContent, WorkingCalendar, read_content, read_special_days

FRESH_SECONDS = 5.0


class VersionRow(NamedTuple):
    """One version as lists show it (phiên bản lịch làm việc)."""

    id: int
    unit_code: str
    version: int
    valid_from: date
    legal_basis: str
    published_by: str
    published_at: datetime


def get_calendar(on: date | None = None, unit_code: str = "") -> WorkingCalendar:
    """Return the calendar that holds on `on` (None: the newest): the unit's, else the province's, else ours.

    One small statement, none if asked again within 5 seconds; a calendar itself is read once a process and version.
    """
    row = _find_version(on, unit_code) or (_find_version(on, "") if unit_code else None)
    return _calendar_of(row) if row else get_packaged_calendar()


@lru_cache(maxsize=1)
def get_packaged_calendar() -> WorkingCalendar:
    """Return the calendar that comes with the package. Needs no database and no Django."""
    return WorkingCalendar.of(read_packaged_content())


def read_packaged_content() -> CalendarContent:
    """Return what the packaged files say: office hours from JSON, days from CSV (`data/SOURCES.md`)."""
    folder = files("onestop.worktime") / "data"
    frame = json.loads((folder / "calendar_vn.json").read_text(encoding="utf-8"))
    rows = csv.DictReader(io.StringIO((folder / "holidays_vn.csv").read_text(encoding="utf-8")))
    return replace(read_content(frame), days=read_special_days(rows))


def list_calendar_versions() -> tuple[VersionRow, ...]:
    """Return every published version, the newest first within each unit."""
    from onestop.worktime.models import WorkingCalendarVersion

    rows = WorkingCalendarVersion.objects.order_by("unit_code", "-version")
    return tuple(VersionRow(*row) for row in rows.values_list(*VersionRow._fields))


def forget_calendars() -> None:
    """Look at the table again with the next question: after a publication, and between tests."""
    _kept.clear()


_kept: dict[str, tuple[float, tuple[tuple[date, int], ...]]] = {}
_built: dict[int, WorkingCalendar] = {}


def _find_version(on: date | None, unit_code: str) -> int | None:
    """The id of the highest version that is valid on `on`: a newer version takes over from its first day."""
    return next((number for valid_from, number in _versions(unit_code) if on is None or valid_from <= on), None)


def _versions(unit_code: str) -> tuple[tuple[date, int], ...]:
    """All (valid from, id) of all units in one statement, kept for a few seconds; the highest version first."""
    found = _kept.get(unit_code)
    if found is None or monotonic() - found[0] > FRESH_SECONDS:
        from onestop.worktime.models import WorkingCalendarVersion

        by_unit: dict[str, list[tuple[date, int]]] = {unit_code: [], "": []}
        rows = WorkingCalendarVersion.objects.order_by("-version").values_list("unit_code", "valid_from", "id")
        for unit, valid_from, number in rows:
            by_unit.setdefault(unit, []).append((valid_from, number))
        fresh = {unit: (monotonic(), tuple(versions)) for unit, versions in by_unit.items()}
        _kept.update(fresh)
        found = fresh[unit_code]
    return found[1]


def _calendar_of(number: int) -> WorkingCalendar:
    if number not in _built:
        from onestop.worktime.models import WorkingCalendarVersion

        content = WorkingCalendarVersion.objects.values_list("content", flat=True).get(id=number)
        _built[number] = WorkingCalendar.of(read_content(content))
    return _built[number]
