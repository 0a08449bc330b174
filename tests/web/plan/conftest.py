"""The plan's face after a year of stories: the demo's plan of 2026, on a day of November."""

import pytest

from onestop.demo.plan import make_plan
from onestop.demo.province import stage
from onestop.demo.stage import moment
from onestop.web.plan import asking
from tests.web.officers import Hall
from tests.world import World

TODAY = "2026-11-20 10:00"


@pytest.fixture
def planned(played: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Hall:
    """The hall with every story played, a plan in force and amended once, tasks, a signed review."""
    asking._kept.clear()
    ready = stage()
    make_plan(ready, moment(TODAY))
    hall = Hall(World(ready, "played"), monkeypatch)
    hall.at(TODAY)
    return hall
