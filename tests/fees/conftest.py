"""A dossier that owes money, at a desk, with or without a platform to pay through."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from onestop.accounts.rules import SYSTEM
from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.province import TODAY
from onestop.demo.stage import Play, moment
from onestop.demo.stories import EXTRACT
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.fees import ports
from onestop.fees.adapters.http_platform import HttpPlatform
from onestop.fees.adapters.null import NoGateway
from onestop.fees.operations.charging import charge
from onestop.fees.operations.publishing import publish_payable
from onestop.fees.queries import get_ledger
from onestop.fees.rules.ledger import Ledger
from onestop.fees.rules.owed import Statement
from onestop.journal.models import JournalEntry
from tests.stand_ins import Payments
from tests.world import World

DAY = "2026-04-06"
AT = f"{DAY} 09:00"
COPY = Statement(8_000, is_before=True)


@dataclass(frozen=True)
class Desk:
    """The desk of Hồng Gai, where an extract costs 8,000 đồng a copy."""

    world: World

    def filed(self, who: str = "oanh") -> Play:
        """An extract asked for online."""
        return self.world.stage.file(EXTRACT, who, HONG_GAI, f"{DAY} 08:00", answers=answers.extract(who))

    def charged(self, statement: Statement = COPY) -> Play:
        """The same with its fee stated by Minh."""
        play = self.filed()
        charge(code=play.code, statement=statement, by=self.world.officer("minh", AT), at=moment(AT))
        return play


def row(play: Play) -> Dossier:
    return get_unscoped(play.code)


def ledger(play: Play) -> Ledger:
    return get_ledger(row(play))


def entries(play: Play, kind: str) -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(stream=row(play).pk, kind=kind).order_by("sequence"))


@pytest.fixture
def plugged() -> Iterator[Callable[[ports.PaymentGateway], None]]:
    """Plug a gateway for one test."""
    yield ports.gateway.plug
    ports.gateway.plug(NoGateway())


@pytest.fixture
def desk(world: World) -> Desk:
    """The desk, without a platform."""
    return Desk(world)


@pytest.fixture
def online(desk: Desk, outside_payments: Payments, plugged: Callable[[ports.PaymentGateway], None]) -> Payments:
    """The platform, through which extracts can be paid."""
    plugged(HttpPlatform(outside_payments.stand_in.url, outside_payments.secret, time.time))
    publish_payable(procedures=[EXTRACT], decision="QĐ thử", valid_from=TODAY, by=SYSTEM, at=moment(AT))
    return outside_payments
