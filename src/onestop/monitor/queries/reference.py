"""Reference data of the monitor: goals, the layout of tiles, what the national portal published."""

import csv
import json
from functools import cache
from importlib import resources
from typing import Any

from onestop.monitor.rules.goals import Goal
from onestop.monitor.rules.members import MemberClass

PUBLISHED_ON = "2026-10-10"
GROUPS = ("CKMB", "TDGQ", "ONLINE", "TTTT", "MDSH", "MDHL")


@cache
def list_goals() -> tuple[Goal, ...]:
    """Return the goals set for classes of members."""
    return tuple(
        Goal(row["code"], MemberClass(row["class"]), int(row["year"]), int(row["percent"]), row["source"])
        for row in _rows("goals.csv")
    )


@cache
def tile_places() -> dict[str, tuple[int, int]]:
    """Return column and row of each province's tile."""
    return {row["code"]: (int(row["column"]), int(row["row"])) for row in _rows("tiles.csv")}


@cache
def published_points() -> dict[str, dict[str, float | None]]:
    """Return rank and points that the national portal showed on `PUBLISHED_ON`; None for what was not shown."""
    return {
        row["code"]: {name: float(row[name]) if row[name] else None for name in ("rank", "total", *GROUPS)}
        for row in _rows("portal_scores.csv")
    }


@cache
def published_counts() -> dict[str, dict[str, Any]]:
    """Return the counts behind the points, for the provinces whose counts are known, in the scorecard's shape."""
    found: dict[str, dict[str, Any]] = json.loads(_text("portal_counts.json"))["provinces"]
    return found


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(name).splitlines()))


def _text(name: str) -> str:
    return resources.files("onestop.monitor.data").joinpath(name).read_text()
