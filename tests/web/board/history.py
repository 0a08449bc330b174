"""Fourteen months of a small province, drawn once from a fixed seed: units of different size, one that slips, one that
files for citizens, one that ends many in one minute."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from onestop.agencies.models import Unit
from onestop.agencies.rules import UnitKind
from onestop.facts.rules.reference import Deed
from tests.facts.journals import write

NOW = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
NAMES = (
    "Phường Hồng Gai", "Phường Bãi Cháy", "Phường Hà Lầm", "Phường Cao Xanh", "Phường Móng Cái 1", "Phường Vàng Danh",
    "Phường Quảng Yên", "Phường Đông Triều", "Xã Tiên Yên", "Xã Đầm Hà", "Xã Quảng Hà", "Đặc khu Cô Tô",
)  # fmt: skip
SLIPPING, HELPING, HURRYING = 3, 5, 7


def settle_units() -> dict[str, int]:
    """Make the province, a department, and twelve communes with their desks; return the ids by code."""
    rows = [("H49", "province", None, "Tỉnh Quảng Ninh"), ("H49.08", "department", "H49", "Sở Nội vụ")]
    for number, name in enumerate(NAMES):
        code = f"H49.{30 + number}"
        rows += [(code, "commune", "H49", name), (f"{code}.01", "desk", code, f"Bộ phận Một cửa {name}")]
    ids: dict[str, int] = {}
    for code, kind, parent, name in rows:
        made = Unit.objects.create(
            code=code, kind=UnitKind(kind), parent_id=ids.get(parent or ""), path=f"{code}/", names={"vi": name}
        )
        ids[code] = made.pk
    return ids


def live_through(count: int = 900, until: datetime = NOW, *, is_analysed: bool = True) -> list[list[Deed]]:
    """Write the lives of `count` dossiers in the fourteen months before `until`; return them."""
    dice = random.Random(49)
    lives = [_life(stream, dice, until) for stream in range(1, count + 1)]
    write(deed for lived in lives for deed in lived)
    if is_analysed:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE journal_journalentry")  # as the server does by itself, but not in a transaction
    return lives


def _life(stream: int, dice: random.Random, until: datetime) -> list[Deed]:
    place = min(int(dice.expovariate(0.32)), len(NAMES) - 1)
    filed = until - timedelta(minutes=dice.randrange(60 * 24 * 425))
    days = dice.choice((2, 3, 5, 10))
    recent = (until - filed).days < 60
    chance = 0.93 - 0.03 * (place % 4) - (0.45 if place == SLIPPING and recent else 0)
    took = timedelta(days=days) * (dice.uniform(0.2, 0.98) if dice.random() < chance else dice.uniform(1.1, 2))
    online = dice.random() < 0.55 + min(0.35, (425 - (until - filed).days) / 1200)
    agency = f"H49.{30 + place}"
    accepted = filed + timedelta(hours=1)
    ended = accepted + took
    if place == HURRYING:
        ended = ended.replace(hour=9, minute=0, second=dice.randrange(60), day=min(28, ended.day // 7 * 7 + 1))
        ended = max(ended, accepted)
    helped = "assisted" if place == HELPING and dice.random() < 0.6 else "self"
    paper = [] if online else [{"document": "A", "given": dice.choice(("scan", "scan", "paper"))}]
    said: dict[str, Any] = {
        "code": f"{agency}.01-{filed:%y%m%d}-{stream:04d}", "procedure": "1.000656",
        "online_level": dice.choice(("full", "full", "partial")), "applicant_kind": "citizen",
        "channel": 2 if online else 1, "filer": helped if online else "self", "agency": agency,
        "desk": f"{agency}.01", "parts": paper or [{"document": "A", "given": dice.choice(("file", "data"))}],
        "paper": False, "fee": dice.random() < 0.3,
    }  # fmt: skip
    told = [("submit", filed, said), ("accept", accepted, {"due_at": (accepted + timedelta(days=days)).isoformat()})]
    told += [("approve", ended, {}), ("sign", ended, {}), ("seal", ended, {"electronic": dice.random() < 0.8})]
    lag = timedelta(days=9) if dice.random() < 0.02 else timedelta()
    return [
        Deed(stream, number, kind, at, at + lag, payload)
        for number, (kind, at, payload) in enumerate(told, 1)
        if at <= until
    ]
