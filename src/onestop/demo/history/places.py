"""Who handles the dossiers of a history: the real units with made-up sizes and habits, and what they are asked for."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

import numpy as np

from onestop.demo.history.days import number_of

MERGER = date(2025, 7, 1)
HABITS = (
    "at_once", "paused_at_due", "filed_for_applicants", "in_bulk", "reappointed", "scanned_without_files",
    "rated_at_the_desk",
)  # fmt: skip
"""How a unit makes its figures look better than its work (C19): each with a figure that shows it."""
CHEATS = 14
LATE_REPORTERS = 15
UNITS_OF_A_PROVINCE = ("department", "commune", "district")


@dataclass(frozen=True, slots=True)
class Office:
    """One agency in a history: when it exists, how much comes in, how quick and how digital it is, how many of its
    applicants answer when asked, how it cheats.
    """

    code: str
    desk: str | None
    is_province: bool
    opens_on: int
    closes_on: int
    size: float
    slowness: float
    online: float
    scans: float
    answers: float
    reports_late: bool
    habit: str
    cheats_from: int


@dataclass(frozen=True, slots=True)
class Service:
    """One procedure in a history: its limit in working days, level, fee in đồng, and how often it is asked for."""

    code: str
    limit: int
    level: str
    fee: int | None
    business: float
    weight: float


def list_offices(first: int, until: int, seed: int) -> tuple[Office, ...]:
    """Return every agency of the province that exists in the time, the same for the same seed."""
    rows = _rows("units.csv")
    desks = {row["parent"]: row["code"] for row in rows if row["kind"] == "desk"}
    kept = [row for row in rows if row["kind"] in UNITS_OF_A_PROVINCE]
    spans = [(row, *_span(row)) for row in kept]
    there = [(row, opens, closes) for row, opens, closes in spans if opens < until and closes > first]
    old = {row["code"]: _size(row, {}) for row in kept if row["valid_until"]}
    sizes = [_size(row, old) for row, _, _ in there]
    typical = float(np.median(sizes))
    large = [
        row["code"] for (row, _, closes), size in zip(there, sizes, strict=True) if size > typical and closes >= until
    ]
    chosen = _chosen(large, seed)
    return tuple(
        _office(row, opens, closes, size, desks.get(row["code"]), chosen)
        for (row, opens, closes), size in zip(there, sizes, strict=True)
    )


def list_services(*, is_province: bool) -> tuple[Service, ...]:
    """Return the curated procedures that such an agency handles, a few of them asked for far more than most."""
    raw = json.loads(resources.files("onestop.catalogue.data").joinpath("procedures_core.json").read_text("utf-8"))
    levels = {"province", "central"} if is_province else {"commune", "district"}
    kept = [item for item in raw if levels & set(item["levels"])]
    return tuple(_service(item, 1 / (rank + 1.5)) for rank, item in enumerate(kept))


@cache
def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("onestop.agencies.data").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _span(row: dict[str, str]) -> tuple[int, int]:
    """Return first day and first day after. Departments stand under today's name throughout: see docs/facts.md."""
    opens = row["valid_from"] if row["kind"] != "department" else ""
    begin = number_of(date.fromisoformat(opens)) if opens else 0
    return begin, number_of(date.fromisoformat(row["valid_until"])) if row["valid_until"] else 10**6


def _size(row: dict[str, str], old: dict[str, float]) -> float:
    """Return how much comes in. A commune of today has what the old ones that mainly went into it had, and more."""
    if old and row["kind"] == "commune" and not row["valid_until"]:
        merged = [item["predecessor"] for item in _rows("successions.csv") if item["successor"] == row["code"]]
        return 1.3 * sum(old.get(code, 0) for code in merged) or 1.0
    usual = {"department": 22.0, "district": 9.0, "commune": 1.6 if row["type"] == "Phường" else 0.8}[row["kind"]]
    return usual * float(np.exp(1.1 * _normal(row["code"], "size")))


def _chosen(codes: list[str], seed: int) -> dict[str, tuple[str, bool]]:
    """Return the habit of each unit that cheats, and who reports late."""
    order = sorted(codes, key=lambda code: sha256(f"{seed} {code}".encode()).digest())
    habits = {code: HABITS[place % len(HABITS)] for place, code in enumerate(order[:CHEATS])}
    late = set(order[CHEATS : CHEATS + LATE_REPORTERS])
    return {code: (habits.get(code, ""), code in late) for code in codes}


def _office(
    row: dict[str, str], opens: int, closes: int, size: float, desk: str | None, chosen: dict[str, tuple[str, bool]]
) -> Office:
    code = row["code"]
    habit, reports_late = chosen.get(code, ("", False))
    return Office(
        code=code,
        desk=desk,
        is_province=row["kind"] == "department",
        opens_on=opens,
        closes_on=closes,
        size=size,
        slowness=0.25 * _normal(code, "slow"),
        online=0.9 * _normal(code, "online") + (0.8 if row["kind"] == "department" else 0.0),
        scans=float(np.clip(0.86 + 0.12 * _normal(code, "scans"), 0.2, 0.995)),
        answers=float(np.clip(0.15 * np.exp(0.5 * _normal(code, "answers")), 0.05, 0.4)),
        reports_late=reports_late,
        habit=habit,
        cheats_from=max(opens, number_of(date(2025, 1, 1)) + int(90 * abs(_normal(code, "from")))) if habit else 10**6,
    )


def _service(raw: dict[str, Any], weight: float) -> Service:
    amounts = [item["amount_vnd"] for item in raw["fees"] if item["amount_vnd"] is not None]
    kinds = raw["applicants"]["kinds"]
    offered = "full" if _normal(raw["code"], "level") > 0 else "partial"
    level = raw["online"]["level"] or (offered if raw["online"]["submission_available"] else "unknown")
    return Service(
        code=raw["code"],
        limit=_limit(raw["deadlines"]),
        level=level,
        fee=next((amount for amount in amounts if amount), 0) if amounts else None,
        business=0.0 if kinds == ["citizen"] else (0.15 if "citizen" in kinds else 1.0),
        weight=weight,
    )


def _limit(deadlines: list[dict[str, Any]]) -> int:
    """Return the first limit in working days: 0 on the same day, 5 if the catalogue gives none."""
    for item in deadlines:
        if item["unit"] in ("same_day", "hour"):
            return 0
        if item["qty"]:
            return max(1, round(float(item["qty"]) * (5 / 7 if item["unit"] == "day" else 1)))
    return 5


def _normal(code: str, what: str) -> float:
    """Return a draw from the normal distribution that belongs to a unit, whatever else is drawn."""
    number = int.from_bytes(sha256(f"{what} {code}".encode()).digest()[:8], "big")
    return float(np.random.default_rng(number).standard_normal())
