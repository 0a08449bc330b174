"""What a payment platform says: how an order stands, and which payments it made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OrderState(StrEnum):
    """How an order to pay stands (trạng thái lệnh thanh toán)."""

    OPEN = "open"  # chờ nộp
    PAID = "paid"  # đã nộp
    DECLINED = "declined"  # người nộp từ chối
    EXPIRED = "expired"  # hết hiệu lực


@dataclass(frozen=True, slots=True)
class Transaction:
    """One payment as the platform booked it. `number` is its own, `reference` that of our order."""

    number: str
    reference: str
    amount_vnd: int
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """The platform's answer to "what has become of this order?": a payer may have paid it more than once."""

    state: OrderState
    transactions: tuple[Transaction, ...] = ()


class Differs(StrEnum):
    """How our books and the platform's differ on a payment (sai lệch khi đối soát)."""

    NOT_WITH_US = "not_with_us"  # nền tảng có, hệ thống không có
    NOT_THERE = "not_there"  # hệ thống có, nền tảng không có
    AMOUNT = "amount"  # khác số tiền
    ORDER = "order"  # khác lệnh thanh toán


@dataclass(frozen=True, slots=True)
class Difference:
    """One payment that differs, with the amount on each side; None where it is missing."""

    number: str
    why: Differs
    ours_vnd: int | None
    theirs_vnd: int | None


def reconcile(ours: Iterable[Transaction], theirs: Iterable[Transaction]) -> tuple[Difference, ...]:
    """Return every difference between two lists of payments (đối soát), in the order of their numbers."""
    here, there = ({item.number: item for item in side} for side in (ours, theirs))
    found = []
    for number in sorted(here.keys() | there.keys()):
        mine, its = here.get(number), there.get(number)
        if mine is None or its is None:
            why = Differs.NOT_WITH_US if mine is None else Differs.NOT_THERE
        elif mine.amount_vnd != its.amount_vnd:
            why = Differs.AMOUNT
        elif mine.reference != its.reference:
            why = Differs.ORDER
        else:
            continue
        found.append(Difference(number, why, *(item.amount_vnd if item else None for item in (mine, its))))
    return tuple(found)
