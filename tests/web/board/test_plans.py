"""How the database goes about the pages of figures right after a bulk load, when it knows nothing of the journal."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from onestop.accounts.rules import Principal, Role
from onestop.web.base import identity
from onestop.web.board import surveys
from tests.web.board.history import NOW, live_through, settle_units

HOME = "/bang-chi-so/"
JOURNAL = "journal_journalentry"
DISTINCT_STATEMENTS = {
    "dieu-hanh/": 2,
    "chi-so/ON_TIME_BY_LAW/": 3,
    "ho-so/ON_TIME_BY_LAW/numerator/": 1,
    "ho-so/ON_TIME_BY_LAW/numerator/so-lieu.csv": 1,
}
"""Each page, and how many different statements over the journal it asks at least."""
Plan = dict[str, Any]


@pytest.fixture
def leader(db: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The head of a province whose journal was just filled, and not analysed."""
    surveys._kept.clear()
    ids = settle_units()
    live_through(400, is_analysed=False)
    by = Principal(
        1, "Quang", frozenset({Role.LEADER}), "officer:1", posting_id=1, post_code="x", unit_id=ids["H49"],
        unit_code="H49", unit_ids=frozenset(ids.values()),
    )  # fmt: skip
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(identity, "principal_of", lambda *_: by)
    return Client()


@pytest.mark.parametrize(("address", "least"), DISTINCT_STATEMENTS.items())
def test_no_page_passes_over_the_journal_again_for_each_row(leader: Client, address: str, least: int) -> None:
    plans: dict[str, Plan] = {}

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if JOURNAL in sql and sql not in plans:
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                told = cursor.fetchone()[0]
            plans[sql] = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        answer = leader.get(HOME + address)
        assert answer.status_code == 200
        assert not answer.streaming or b"".join(answer.streaming_content)
    assert len(plans) >= least
    assert not {sql: found for sql, plan in plans.items() if (found := list(_repeated(plan)))}


def _repeated(plan: Plan) -> Iterator[Plan]:
    """Yield what is done anew for each row of something and passes over the whole journal, or all that came of it."""
    for node in _nodes(plan):
        if node["Node Type"] == "Nested Loop":
            inner = next(part for part in node["Plans"] if part["Parent Relationship"] == "Inner")
            yield from (part for part in _nodes(inner) if _is_whole(part))


def _is_whole(node: Plan) -> bool:
    """True of a scan of the journal that no key narrows, and of what is put together from many of its rows."""
    if node["Node Type"] in ("Aggregate", "CTE Scan"):
        return True
    return node.get("Relation Name") == JOURNAL and "Index Cond" not in node


def _nodes(plan: Plan) -> Iterator[Plan]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
