"""The board reads what is kept: no page of it asks the journal, and what is not kept yet is a gap, not a wait."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestop.accounts.rules import Principal, Role
from onestop.indicators.models import KeptBeside, KeptMoment
from onestop.indicators.operations.beside import keep_beside
from onestop.indicators.operations.cube import rebuild_cube, refresh_cube
from onestop.indicators.operations.moments import keep_portion
from onestop.indicators.queries import surveys
from onestop.indicators.rules.moments import list_wished
from onestop.web.base import identity
from tests.facts.journals import accept, life, write
from tests.web.board.history import NOW, live_through, settle_units

HOME = "/bang-chi-so/"
PAGES = ("", "?don-vi=H49.33", "man-hinh/", "dieu-hanh/", "dieu-hanh/?don-vi=H49.33", "chi-so/ON_TIME_BY_LAW/")
PLAIN = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture
def client(db: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The leader of a small province, whose figures are kept; the journal counts as too large to read in passing."""
    units = settle_units()
    live_through(300)
    by = Principal(
        1, "Quang", frozenset({Role.LEADER}), "officer:1", posting_id=1, post_code="x", unit_id=units["H49"],
        unit_code="H49", unit_ids=frozenset(units.values()),
    )  # fmt: skip
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(identity, "principal_of", lambda *_: by)
    monkeypatch.setattr(surveys, "SMALL", 0)
    client = Client()
    client.cookies["lang"] = "en"
    return client


def keep(portions: int = 1000) -> None:
    """Keep everything as of now, or only the first portions of the past."""
    rebuild_cube(at=NOW)
    keep_beside(at=NOW, pause=timedelta())
    while portions and keep_portion(at=NOW, size=100_000):
        portions -= 1


def ask(client: Client, page: str) -> tuple[str, list[str]]:
    """Return the page and the statements it asked."""
    with CaptureQueriesContext(connection) as asked:
        answer: Any = client.get(HOME + page)
    assert answer.status_code == 200
    return answer.content.decode(), [query["sql"] for query in asked.captured_queries]


def of_journal(asked: list[str]) -> list[str]:
    """Return the statements that read the journal; how large it is may be asked."""
    return [sql for sql in asked if "FROM journal_journalentry" in sql and "max(id)" not in sql]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_asks_the_journal_and_none_asks_more_the_more_there_is(client: Client, page: str) -> None:
    keep()
    ask(client, page)
    shown, before = ask(client, page)
    assert not of_journal(before)
    assert "being counted" not in shown
    write(deed for n in range(1000, 1100) for deed in life(n, accept(1, 40), agency=f"H49.{30 + n % 12}"))
    for _ in range(2):
        assert refresh_cube(at=NOW)
    again, after = ask(client, page)
    assert again != shown
    assert len(after) <= len(before) <= 30


def test_a_month_that_is_not_kept_yet_is_a_gap_that_says_so(client: Client) -> None:
    keep(portions=3)
    assert KeptMoment.objects.count() == 3 < len(list_wished(NOW))
    shown, asked = ask(client, "chi-so/ON_TIME_BY_LAW/")
    assert 'colspan="3">being counted' in shown
    assert not of_journal(asked)
    assert "earlier months are being counted" in ask(client, "")[0]
    keep()
    assert "being counted" not in ask(client, "chi-so/ON_TIME_BY_LAW/")[0]


def test_what_is_counted_beside_the_cube_is_named_until_it_is(client: Client) -> None:
    keep()
    shown, _ = ask(client, "")
    assert "Still being counted" not in shown
    KeptBeside.objects.all().delete()
    shown, _ = ask(client, "")
    assert "Still being counted" in shown


def test_its_own_moment_stands_beside_what_is_counted_less_often(client: Client) -> None:
    keep()
    refresh_cube(at=NOW + timedelta(minutes=5))
    timezone.now = lambda: NOW + timedelta(minutes=5)  # type: ignore[assignment]  # taken back by the fixture
    shown, _ = ask(client, "")
    assert "as of 10:00, Tuesday 10/03/2026" in shown


def test_before_there_is_a_cube_the_page_asks_to_come_back(client: Client) -> None:
    answer = client.get(HOME)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "counted for the first time" in answer.content.decode()


def test_a_past_day_asked_for_is_counted_from_the_journal_unless_it_is_kept(client: Client) -> None:
    keep()
    shown, asked = ask(client, "?den=2026-02-11")
    assert [sql for sql in of_journal(asked) if "deeds AS" in sql]
    assert "being counted" not in shown
    _, asked = ask(client, "?den=2026-01-31")
    assert not [sql for sql in of_journal(asked) if "deeds AS" in sql]


def test_a_stranger_gets_the_past_that_is_kept_and_no_other(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """One pass over a large journal is dear, and nobody knows how many strangers ask for how many days."""
    keep()
    monkeypatch.setattr(identity, "principal_of", lambda *_: None)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"{HOME}?den=2026-02-11")
    assert answer.status_code == 503
    assert "That day is not kept." in answer.content.decode()
    assert not of_journal([query["sql"] for query in asked.captured_queries])
    shown, _ = ask(client, "?den=2026-01-31")
    assert "can be chosen" in shown
