"""Reading and writing what a calendar says, as JSON keeps it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from onestop.errors import Fault, Invalid
from onestop.worktime.rules.calendar import CalendarContent, DayKind, Season, SpecialDay, Window


def read_content(payload: Mapping[str, Any]) -> CalendarContent:
    """The content from its JSON shape (see `as_payload`). Raises `Invalid` where it cannot be read."""
    try:
        return CalendarContent(
            covered_from=date.fromisoformat(payload["covered_from"]),
            covered_until=date.fromisoformat(payload["covered_until"]),
            announced_until=date.fromisoformat(payload["announced_until"]),
            days=read_special_days(payload.get("days", ())),
            windows=_windows(payload["windows"]),
            seasons=tuple(_season(item) for item in payload.get("seasons", ())),
            weekly_days_off=frozenset(payload.get("weekly_days_off", (6, 7))),
            legal_basis=payload.get("legal_basis", ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        fault = Fault("content", "calendar.unreadable", {"reason": f"{type(error).__name__}: {error}"})
        raise Invalid("calendar.unreadable", faults=(fault,), **fault.params) from error


def read_special_days(rows: Iterable[Mapping[str, str]]) -> tuple[SpecialDay, ...]:
    """Days from rows with `on`, `kind`, `name_vi`, `source`."""
    return tuple(
        SpecialDay(date.fromisoformat(row["on"]), DayKind(row["kind"]), row.get("name_vi", ""), row.get("source", ""))
        for row in rows
    )


def as_payload(content: CalendarContent) -> dict[str, Any]:
    """The content as plain JSON: days and hours in ISO 8601."""
    return {
        "covered_from": content.covered_from.isoformat(),
        "covered_until": content.covered_until.isoformat(),
        "announced_until": content.announced_until.isoformat(),
        "windows": _shown(content.windows),
        "seasons": [
            {"from": _month_day(item.starts), "until": _month_day(item.ends), "windows": _shown(item.windows)}
            for item in content.seasons
        ],
        "weekly_days_off": sorted(content.weekly_days_off),
        "legal_basis": content.legal_basis,
        "days": [
            {"on": day.on.isoformat(), "kind": day.kind.value, "name_vi": day.name, "source": day.source}
            for day in content.days
        ],
    }


def with_days(content: CalendarContent, days: Iterable[SpecialDay]) -> CalendarContent:
    """The content with these days put in; a day it has already is replaced. For a correction by a new notice."""
    merged = {day.on: day for day in content.days} | {day.on: day for day in days}
    return replace(content, days=tuple(merged[on] for on in sorted(merged)))


def _windows(found: Iterable[Iterable[str]]) -> tuple[Window, ...]:
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in found)


def _season(found: Mapping[str, Any]) -> Season:
    return Season(_read_month_day(found["from"]), _read_month_day(found["until"]), _windows(found["windows"]))


def _read_month_day(text: str) -> tuple[int, int]:
    day = date.fromisoformat(f"2024-{text}")  # a leap year: 02-29 may be named
    return day.month, day.day


def _month_day(found: tuple[int, int]) -> str:
    return f"{found[0]:02d}-{found[1]:02d}"


def _shown(windows: tuple[Window, ...]) -> list[list[str]]:
    return [[opens.isoformat("minutes"), closes.isoformat("minutes")] for opens, closes in windows]
