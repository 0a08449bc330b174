"""What an officer waits for: the list of work, its count, all dossiers one may read, and the pages of them."""

from collections.abc import Callable
from statistics import quantiles
from time import perf_counter
from typing import Any

from onestop.bench.grounds import open_grounds, serve_faces
from onestop.bench.life.browser import Browser
from onestop.bench.life.world import PASSWORD
from onestop.bench.lists.world import fill, principal
from onestop.config.children import end_child

WORKERS = ("minh", "hoa", "quang", "hai.coto")  # a busy desk, a specialist, a leader, a quiet desk
READERS = ("lanhdao", "kiemsoat", "quang", "hai.coto")  # the whole province, again, an agency, a small desk
PAGES = (("hoa", "/xu-ly/"), ("minh", "/mot-cua/"), ("lanhdao", "/xu-ly/tat-ca/"), ("quang", "/xu-ly/tat-ca/"))
ASKED = 40
INDEX = "work_of_a_unit"
_BARE = """
SELECT * FROM dossiers_dossier WHERE holder_unit_id = %s AND step_role = ANY(%s) AND state IN (1, 2, 4, 9)
ORDER BY step_due_at, id LIMIT 51
"""


def run(*, dossiers: int, rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure and return the figures in milliseconds; `ratio` is to a bare index scan of the same rows."""
    with open_grounds():
        say(f"{dossiers} dossiers ...")
        fill(dossiers)
        say("asking the lists ...")
        times = rounds * ASKED
        return {
            "workload": "list",
            "dossiers": dossiers,
            "asked": times,
            "work": {name: _work(name, times) for name in WORKERS},
            "all": {name: _all(name, times) for name in READERS},
            "pages": _pages(times),
        }


def _work(username: str, times: int) -> dict[str, Any]:
    from onestop.dossiers.queries.dossiers import count_work, list_work

    by = principal(username)
    roles = sorted(by.roles)
    bare = _spread(lambda: _rows(_BARE, [by.unit_id, roles]), times)
    listed, counted = _spread(lambda: list_work(by=by), times), _spread(lambda: count_work(by=by), times)
    return {
        "waiting": count_work(by=by),
        "list_ms": listed,
        "count_ms": counted,
        "bare_scan_ms": bare,
        "ratio": round(listed["p50"] / bare["p50"], 1),
        "index_used": INDEX in _plan(lambda: list_work(by=by)) and INDEX in _plan(lambda: count_work(by=by)),
    }


def _all(username: str, times: int) -> dict[str, Any]:
    from onestop.dossiers.queries.dossiers import list_dossiers

    by = principal(username)
    return {"rows": len(list_dossiers(by=by).rows), "list_ms": _spread(lambda: list_dossiers(by=by), times)}


def _pages(times: int) -> dict[str, Any]:
    web, port = serve_faces()
    try:
        return {f"{name} {path}": _page(Browser(port), name, path, times) for name, path in PAGES}
    finally:
        end_child(web)


def _page(browser: Browser, username: str, path: str, times: int) -> dict[str, Any]:
    browser.log_in(username, PASSWORD)
    for _ in range(4):
        browser.get(path)
    size = len(browser.get(path))
    browser.seconds.clear()
    for _ in range(times):
        browser.get(path)
    return {"bytes": size, **_cuts([1000 * second for second in browser.seconds])}


def _spread(ask: Callable[[], object], times: int) -> dict[str, float]:
    for _ in range(5):
        ask()
    taken = []
    for _ in range(times):
        began = perf_counter()
        ask()
        taken.append(1000 * (perf_counter() - began))
    return _cuts(taken)


def _cuts(values: list[float]) -> dict[str, float]:
    cuts = quantiles(values, n=100)
    return {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2), "max": round(max(values), 2)}


def _rows(statement: str, values: list[Any]) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[Any] = cursor.fetchall()
    return rows


def _plan(ask: Callable[[], object]) -> str:
    """The plan of the one statement that `ask` sends."""
    from django.db import connection

    asked: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        ask()
    sql, params = asked[-1]
    return "\n".join(row[0] for row in _rows(f"EXPLAIN {sql}", params))
