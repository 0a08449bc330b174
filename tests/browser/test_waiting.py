"""A result that waits for its time stamp, as the citizen and the desk see it, in every language and width."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from onestop.accounts.queries import find_account
from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.errors import Unavailable
from onestop.trust import ports
from tests.world import World

DAY = "2026-04-06"


class Down:
    """An authority that does not answer."""

    max_bytes = 2000

    def stamp(self, digest: bytes, at: datetime) -> bytes:
        raise Unavailable("time_stamps.down")


@pytest.fixture
def db(world: World) -> None:
    """The pages are served from the province instead of an empty database."""


def test_both_are_told_that_it_waits(world: World, look: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports.time_stamps, "_adapter", Down())
    play = world.stage.file("1.004873", "lan", HONG_GAI, f"{DAY} 08:00", answers=answers.marital("lan"))
    play.accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20").sign(f"{DAY} 09:00").seal(f"{DAY} 09:10")
    for path, who in ((f"/ho-so/{play.code}/", "lan"), (f"/mot-cua/ho-so/{play.code}/", "minh")):
        client = Client()
        client.force_login(find_account(who), backend="django.contrib.auth.backends.ModelBackend")
        look(path, f"waiting-{who}", client=client)
