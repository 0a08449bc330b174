"""Finding a procedure: `onestop bench search`.

Searches the whole catalogue as people do, through the query the pages use, and, in the same run, scans the names of
all procedures once in the database: the least that any search without an index would cost.
"""

from statistics import quantiles
from time import perf_counter
from typing import Any

QUERIES = (
    "khai sinh",
    "đăng ký khai sinh",
    "giay phep xay dung",
    "ho kinh doanh",
    "ly lich tu phap",
    "căn cước",
    "giấy phép",
    "cấp lại",
    "dat dai",
    "k",
    "birth registration",
    "پیدائش",
    "1.0011",
    "xac nhan tinh trang hon nhan",
)
MISTYPED = ("kahi sinh", "giay phep xay dugn", "khai sinh cho con toi", "ket hom", "ho chieuu")
_SCAN = "SELECT count(*) FROM catalogue_procedure WHERE search_words LIKE %s"


def run(rounds: int = 30) -> dict[str, Any]:
    """Measure and return the figures in milliseconds, with the ratio of p95 to a bare scan."""
    from onestop.catalogue.queries import search_procedures

    for words in (*QUERIES, *MISTYPED):
        search_procedures(words)
    typed = [_milliseconds(search_procedures, words) for _ in range(rounds) for words in QUERIES]
    mistyped = [_milliseconds(search_procedures, words) for _ in range(rounds) for words in MISTYPED]
    scans = [_milliseconds(_scan, f"%{words}%") for _ in range(rounds) for words in QUERIES]
    return {
        "workload": "search",
        "procedures": _count(),
        "searches": len(typed) + len(mistyped),
        "typed_ms": _spread(typed),
        "mistyped_ms": _spread(mistyped),
        "bare_scan_ms": _spread(scans),
        "ratio_typed_p95_to_scan_p95": round(_spread(typed)["p95"] / _spread(scans)["p95"], 2),
        "ratio_mistyped_p95_to_scan_p95": round(_spread(mistyped)["p95"] / _spread(scans)["p95"], 2),
    }


def _milliseconds(act: Any, words: str) -> float:
    began = perf_counter()
    act(words)
    return (perf_counter() - began) * 1000


def _scan(pattern: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_SCAN, [pattern])
        cursor.fetchone()


def _count() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalogue_procedure")
        return int(cursor.fetchone()[0])


def _spread(values: list[float]) -> dict[str, float]:
    cuts = quantiles(values, n=100)
    return {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2), "max": round(max(values), 2)}


def load() -> dict[str, Any]:
    """Load the catalogue that comes with the house; return how long that took."""
    from datetime import UTC, datetime

    from onestop.accounts.rules import SYSTEM
    from onestop.catalogue.operations import load_own_catalogue

    began = perf_counter()
    reports = load_own_catalogue(by=SYSTEM, at=datetime.now(UTC))
    return {
        "load_seconds": round(perf_counter() - began, 2),
        "load_created": sum(report.created for report in reports),
    }
