"""No payment platform: fees are paid at the counter only."""

from datetime import date

from onestop.errors import Invalid, Unavailable
from onestop.fees.rules.platform import Standing, Transaction


class NoGateway:
    """Says that nothing can be paid online here."""

    is_there = False

    def create(self, *, reference: str, amount_vnd: int, about: str, notify: str, back: str) -> str:
        """Refuse."""
        raise Unavailable("payment.not_here")

    def read_notice(self, body: bytes, signature: str) -> str:
        """Believe nobody."""
        raise Invalid("payment.notice_not_signed")

    def ask(self, reference: str) -> Standing:
        """Refuse."""
        raise Unavailable("payment.not_here")

    def list_day(self, day: date) -> tuple[Transaction, ...]:
        """Refuse."""
        raise Unavailable("payment.not_here")
