"""What paying online needs from outside: a platform that takes the money."""

from datetime import date
from typing import Protocol

from onestop.fees.rules.platform import Standing, Transaction
from onestop.ports import Port


class PaymentGateway(Protocol):
    """A payment platform. Every method but `is_there` and `read_notice` raises `Unavailable` if it does not answer."""

    @property
    def is_there(self) -> bool:
        """True if money can be paid online here at all."""
        ...

    def create(self, *, reference: str, amount_vnd: int, about: str, notify: str, back: str) -> str:
        """Open an order and return the address where the payer goes; the same reference gives the same order.

        `notify` is where the platform knocks when something happens, `back` where it sends the payer afterwards.
        """
        ...

    def read_notice(self, body: bytes, signature: str) -> str:
        """Return the reference of the order that a notice is about. Raises `Invalid` if somebody else signed it."""
        ...

    def ask(self, reference: str) -> Standing:
        """Return how an order stands."""
        ...

    def list_day(self, day: date) -> tuple[Transaction, ...]:
        """Return every payment that the platform booked on a local day."""
        ...


gateway: Port[PaymentGateway] = Port("fees.gateway")
