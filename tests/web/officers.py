"""Officers at their screens: logged in, at a moment of our choosing, with dossiers that wait for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestop.accounts.queries import find_account
from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import Play, moment
from onestop.demo.stories import BIRTH, EXTRACT, HOUSEHOLD, MARITAL
from onestop.dossiers.queries.dossiers import get_unscoped
from tests.world import World

DAY = "2026-03-10"
NOW = f"{DAY} 14:00"


class Hall:
    """The hall and the offices behind it, on one Tuesday afternoon."""

    def __init__(self, world: World, patch: pytest.MonkeyPatch) -> None:
        self.world, self._patch = world, patch
        self.at(NOW)

    def at(self, when: str) -> None:
        """Set the clock of the faces."""
        fixed = moment(when)
        self._patch.setattr(timezone, "now", lambda: fixed)

    def log_in(self, username: str, language: str = "en") -> Client:
        """A browser in which this person is logged in. Requests that fail make error pages, as for people."""
        account = find_account(username)
        assert account is not None
        client = Client()
        client.cookies["lang"] = language
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def marital(self, who: str = "binh", at: str = f"{DAY} 08:05", agency: str = HONG_GAI) -> Play:
        """A certificate of marital status, filed online: three working days."""
        return self.world.stage.file(MARITAL, who, agency, at, answers=answers.marital(who))

    def birth(self, at: str = f"{DAY} 08:10") -> Play:
        """A birth, filed online: the same day, no head of division in between."""
        papers = {"BIRTH_NOTICE": "Giấy chứng sinh"}
        return self.world.stage.file(BIRTH, "lan", HONG_GAI, at, answers=answers.birth(), papers=papers)

    def household(self, who: str = "tam", at: str = f"{DAY} 08:15") -> Play:
        """A household business: with a head of division."""
        return self.world.stage.file(HOUSEHOLD, who, HONG_GAI, at, answers=answers.household(who))

    def extract(self, who: str = "oanh", at: str = f"{DAY} 08:20") -> Play:
        """A copy of an extract: settled at once."""
        return self.world.stage.file(EXTRACT, who, HONG_GAI, at, answers=answers.extract(who))


def row(play: Play) -> Any:
    """The dossier as it stands."""
    return get_unscoped(play.code)


def seen(play: Play) -> dict[str, int]:
    """What the page of this moment sends along."""
    return {"seen": row(play).journal_sequence}


def said(response: Any) -> list[str]:
    """What the page says on top."""
    return [str(message) for message in get_messages(response.wsgi_request)]


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    """Count SQL statements."""
    with CaptureQueriesContext(connection) as context:
        yield context


def statements(client: Client, address: str) -> int:
    """How many SQL statements a page takes, the second time it is asked for."""
    client.get(address)
    with counted() as context:
        assert client.get(address).status_code == 200
    return len(context)


def at_of(text: str) -> datetime:
    """A local moment."""
    return moment(text)


@pytest.fixture
def hall(world: World, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """The hall of Hồng Gai and its offices."""
    return Hall(world, monkeypatch)
