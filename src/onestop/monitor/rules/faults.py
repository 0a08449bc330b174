"""What is wrong with a submission: everything at once, as codes; and who has not sent anything.

An aggregate with a fault of `REFUSING` is kept as evidence and never counted; the others are counted and marked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from onestop.monitor.rules.aggregates import FIRST, Aggregate, Line
from onestop.monitor.rules.members import Counts, Member, members_on

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE_BY = time(9)
"""Until when on the following day an aggregate is in time; our own rule, set where the centre runs."""


class Fault(StrEnum):
    """One thing wrong (lỗi của báo cáo)."""

    UNREADABLE = "unreadable"  # không đúng định dạng
    UNSIGNED = "unsigned"  # chưa ký
    SIGNATURE_BROKEN = "signature_broken"  # chữ ký không hợp lệ
    WRONG_SIGNER = "wrong_signer"  # không phải chữ ký của đơn vị
    UNKNOWN_MEMBER = "unknown_member"  # đơn vị không có trong danh mục
    MEMBER_NOT_VALID = "member_not_valid"  # đơn vị không tồn tại vào ngày đó
    FUTURE_DAY = "future_day"  # ngày ở tương lai
    UNKNOWN_INDICATOR = "unknown_indicator"  # chỉ số hoặc phiên bản không có
    IMPOSSIBLE = "impossible"  # tử số lớn hơn mẫu số, mẫu số lớn hơn tổng thể
    PARTS_DIFFER = "parts_differ"  # cộng các đơn vị không bằng tổng
    DOUBLED = "doubled"  # đã gửi nội dung khác cho cùng ngày
    CHAIN_BROKEN = "chain_broken"  # không nối tiếp báo cáo trước
    FALLING = "falling"  # số cộng dồn trong năm giảm
    LATE = "late"  # muộn


REFUSING = frozenset(Fault) - {Fault.FALLING, Fault.LATE}


@dataclass(frozen=True, slots=True)
class Found:
    """A fault and what it is about: an indicator, a unit, an expected value; empty if it is the whole."""

    fault: Fault
    about: str = ""


@dataclass(frozen=True, slots=True)
class Last:
    """The last aggregate of a member that was counted: its hash, and what it said."""

    digest: str
    aggregate: Aggregate


@dataclass(frozen=True, slots=True)
class Known:
    """What the centre holds against a submission: members by code, (code, version) of definitions, the last of this
    member, and the hash of what was counted for the same day, if any."""

    members: Mapping[str, Member]
    definitions: frozenset[tuple[str, int]]
    last: Last | None
    same_day: str


def find_faults(aggregate: Aggregate, digest: str, known: Known, received_at: datetime) -> tuple[Found, ...]:
    """Return everything wrong with an aggregate received at a moment. The signature is judged by `find_signature`."""
    return (
        *_place(aggregate, known, received_at),
        *(fault for line in aggregate.lines for fault in _figure(line, known.definitions)),
        *_order(aggregate, digest, known),
        *_growth(aggregate, known.last),
    )


def find_signature_faults(signers: Iterable[tuple[str, bool]], expected: str) -> tuple[Found, ...]:
    """Return what is wrong with the signatures: (name of the key's holder, whether it holds) of each.

    `expected` is the holder that a member's key is certified for.
    """
    signers = list(signers)
    if not signers:
        return (Found(Fault.UNSIGNED),)
    broken = [Found(Fault.SIGNATURE_BROKEN, name) for name, holds in signers if not holds]
    if broken:
        return tuple(broken)
    return () if any(name == expected for name, _ in signers) else (Found(Fault.WRONG_SIGNER, signers[0][0]),)


def is_refused(found: Iterable[Found]) -> bool:
    """True if a submission with these faults is not counted."""
    return any(item.fault in REFUSING for item in found)


def due_at(day: date) -> datetime:
    """Return until when the aggregate of a day is in time."""
    return datetime.combine(day + timedelta(days=1), DUE_BY, ZONE)


def find_missing(members: Iterable[Member], day: date, sent: Iterable[str], at: datetime) -> tuple[str, ...]:
    """Return the codes of members whose aggregate of a day is overdue at a moment and has not come."""
    if at <= due_at(day):
        return ()
    there = set(sent)
    return tuple(member.code for member in members_on(members, day) if member.code not in there)


def _place(aggregate: Aggregate, known: Known, received_at: datetime) -> Iterable[Found]:
    member = known.members.get(aggregate.member)
    if member is None:
        yield Found(Fault.UNKNOWN_MEMBER, aggregate.member)
    elif not member.is_valid_on(aggregate.day):
        yield Found(Fault.MEMBER_NOT_VALID, member.successor or member.code)
    if aggregate.day > received_at.astimezone(ZONE).date():
        yield Found(Fault.FUTURE_DAY, aggregate.day.isoformat())
    elif received_at > due_at(aggregate.day):
        yield Found(Fault.LATE, due_at(aggregate.day).isoformat())


def _figure(line: Line, definitions: frozenset[tuple[str, int]]) -> Iterable[Found]:
    if (line.code, line.version) not in definitions:
        yield Found(Fault.UNKNOWN_INDICATOR, f"{line.code}/{line.version}")
    for unit, counts in {"": line.counts, **line.parts}.items():
        if not counts.numerator <= counts.denominator <= counts.population:
            yield Found(Fault.IMPOSSIBLE, f"{line.code} {unit}".strip())
    if line.parts and sum(line.parts.values(), Counts()) != line.counts:
        yield Found(Fault.PARTS_DIFFER, line.code)


def _order(aggregate: Aggregate, digest: str, known: Known) -> Iterable[Found]:
    if known.same_day and known.same_day != digest:
        yield Found(Fault.DOUBLED, known.same_day)
    last = known.last
    expected = (last.aggregate.sequence + 1, last.digest) if last else (1, FIRST)
    if (aggregate.sequence, aggregate.previous) != expected or (last and aggregate.day <= last.aggregate.day):
        yield Found(Fault.CHAIN_BROKEN, f"{expected[0]} {expected[1]}")


def _growth(aggregate: Aggregate, last: Last | None) -> Iterable[Found]:
    """Within a year and a version counts run on; less than before is possible, and wants a look."""
    if last is None or last.aggregate.day.year != aggregate.day.year:
        return
    before = last.aggregate.by_code
    for line in aggregate.lines:
        earlier = before.get(line.code)
        if earlier and earlier.version == line.version and line.counts.population < earlier.counts.population:
            yield Found(Fault.FALLING, line.code)
