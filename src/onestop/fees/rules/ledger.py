"""What of a dossier's fee is paid, still owed, owed back: worked out from what the journal says, and from nothing else.

Money that came is never lost: what comes twice, or for a dossier that ended before anybody worked on it, is owed back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from onestop.dossiers.rules.states import State, Verb

BEGUN = frozenset({Verb.APPRAISE, Verb.CONSULT, Verb.APPROVE, Verb.SIGN, Verb.SEAL})
"""With these the work has begun: what was paid is not given back for a withdrawal after them."""
ENDED_EARLY = frozenset({State.NOT_ACCEPTED, State.WITHDRAWN, State.STOPPED})


class Way(StrEnum):
    """How money came or went (hình thức nộp)."""

    ONLINE = "online"  # trực tuyến, qua nền tảng thanh toán
    CASH = "cash"  # tiền mặt
    TRANSFER = "transfer"  # chuyển khoản


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of the journal as the ledger needs it."""

    kind: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The money of one dossier, in đồng. `due` is None as long as nothing was stated; 0 is an exemption.

    `is_void`: the dossier ended before anybody worked on it, so nothing is owed any more.
    """

    due: int | None = None
    is_before: bool = False
    paid: int = 0
    refunded: int = 0
    is_void: bool = False

    @property
    def kept(self) -> int:
        """What was paid and not paid back."""
        return self.paid - self.refunded

    @property
    def owed(self) -> int:
        """What is still to be paid."""
        return 0 if self.is_void else max(0, (self.due or 0) - self.kept)

    @property
    def owed_back(self) -> int:
        """What has to be paid back."""
        return max(0, self.kept - (0 if self.is_void else self.due or 0))

    @property
    def is_settled(self) -> bool:
        """True if something was owed and all of it is paid."""
        return bool(self.due) and self.kept >= (self.due or 0)

    def settles(self, amount: int) -> bool:
        """True if a payment of `amount` is the one that makes it whole."""
        return bool(self.due) and self.kept < (self.due or 0) <= self.kept + amount


def read_ledger(events: Iterable[Event], state: State) -> Ledger:
    """Return the ledger of a dossier in `state` from its entries, oldest first."""
    due, is_before, paid, refunded, has_begun = None, False, 0, 0, False
    for event in events:
        match event.kind:
            case Verb.CHARGE:
                due, is_before = int(event.payload["amount_vnd"]), bool(event.payload["before"])
            case Verb.PAY:
                paid += int(event.payload["amount_vnd"])
            case Verb.REFUND:
                refunded += int(event.payload["amount_vnd"])
        has_begun = has_begun or event.kind in BEGUN
    return Ledger(due, is_before, paid, refunded, is_void=state in ENDED_EARLY and not has_begun)


def find_restatement_faults(ledger: Ledger, amount: int) -> tuple[str, ...]:
    """Return every reason why `amount` cannot be stated in place of what was stated before."""
    if ledger.is_void:
        return ("fee.dossier_ended",)
    if ledger.is_settled and amount > (ledger.due or 0):
        return ("fee.paid_already",)
    if not ledger.is_settled and 0 < amount <= ledger.kept:
        return ("fee.less_than_paid",)
    return ()


def find_payment_faults(ledger: Ledger, *, amount: int, way: Way, number: str) -> tuple[str, ...]:
    """Return every reason why a desk cannot take this money: it takes no more than is owed, and gives a receipt."""
    found = []
    if way is Way.ONLINE:
        found.append("fee.not_at_a_desk")
    if not ledger.owed:
        found.append("fee.nothing_owed" if ledger.due is not None else "fee.nothing_stated")
    elif amount > ledger.owed:
        found.append("fee.more_than_owed")
    if amount <= 0:
        found.append("fee.without_amount")
    if not number.strip():
        found.append("fee.without_receipt")
    return tuple(found)


def find_refund_faults(ledger: Ledger, *, amount: int, way: Way, number: str) -> tuple[str, ...]:
    """Return every reason why a desk cannot pay this back."""
    found = []
    if way is Way.ONLINE:
        found.append("fee.not_at_a_desk")
    if not ledger.owed_back:
        found.append("fee.nothing_owed_back")
    elif amount > ledger.owed_back:
        found.append("fee.more_than_owed_back")
    if amount <= 0:
        found.append("fee.without_amount")
    if not number.strip():
        found.append("fee.without_receipt")
    return tuple(found)


def find_hindrance_to_acceptance(ledger: Ledger) -> str:
    """Return why a dossier cannot be accepted yet: what was asked for in advance (thu trước) is not paid; or empty."""
    return "fee.unpaid_before_acceptance" if ledger.is_before and ledger.owed else ""
