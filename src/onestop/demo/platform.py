"""A payment platform for stories: whoever is sent there pays at the moment that the story says, and no money moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from onestop.errors import Invalid
from onestop.fees import ports
from onestop.fees.rules.platform import OrderState, Standing, Transaction


class StoryPlatform:
    """Takes every order as paid at `at`; its numbers begin with MP (mô phỏng, simulated)."""

    is_there = True

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._orders: dict[str, Transaction] = {}

    def create(self, *, reference: str, amount_vnd: int, about: str, notify: str, back: str) -> str:
        """Open an order, paid at once."""
        self._orders[reference] = Transaction(f"MP-{about}", reference, amount_vnd, self._at)
        return back

    def read_notice(self, body: bytes, signature: str) -> str:
        """It never knocks."""
        raise Invalid("payment.notice_not_signed")

    def ask(self, reference: str) -> Standing:
        """Tell that it was paid."""
        return Standing(OrderState.PAID, (self._orders[reference],))

    def list_day(self, day: date) -> tuple[Transaction, ...]:
        """List what was paid."""
        return tuple(self._orders.values())


@contextmanager
def paying_at(at: datetime) -> Iterator[None]:
    """Plug such a platform for a while."""
    earlier = ports.gateway()
    ports.gateway.plug(StoryPlatform(at))
    try:
        yield
    finally:
        ports.gateway.plug(earlier)
