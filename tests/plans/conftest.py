"""A plan to work on: the province of the world, the control officer who drafts, the leader who signs."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from onestop.accounts.rules import Principal
from onestop.demo.stage import moment
from onestop.plans.operations.drafting import LineGiven, open_plan, set_line
from onestop.plans.operations.signing import sign_plan
from tests.world import World

YEAR = 2026


@dataclass(frozen=True)
class Office:
    """Who plans, with short ways to do it."""

    world: World

    def by(self, username: str, at: str = "2026-01-05 08:00") -> Principal:
        return self.world.officer(username, at)

    def unit(self, name: str = "Phường Hồng Gai") -> str:
        return self.world.stage.unit_code(name)

    def set(self, unit: str, indicator: str, target: str, at: str = "2026-01-05 09:00", **more: object) -> None:
        line = LineGiven(unit, indicator, Decimal(target), "KH 1/KH-UBND", **more)  # type: ignore[arg-type]
        set_line(year=YEAR, line=line, by=self.by("kiemsoat", at), at=moment(at))

    def sign(self, at: str) -> None:
        sign_plan(year=YEAR, by=self.by("lanhdao", at), at=moment(at))


@pytest.fixture
def office(world: World) -> Office:
    """The province with an empty draft for 2026."""
    open_plan(year=YEAR, by=world.officer("kiemsoat", "2026-01-05 08:00"), at=moment("2026-01-05 08:00"))
    return Office(world)
