"""The members of the nation (tỉnh, thành phố, bộ, ngành) and their succession.

On 1 July 2025 the 63 provinces became 34 (Resolution 202/2025/QH15); on 1 March 2025 some ministries were joined
(Resolution 176/2025/QH15). A successor's history is the sum of its predecessors' counts,
never of their rates.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MemberClass(StrEnum):
    """What sort of member (loại đơn vị báo cáo)."""

    PROVINCE = "province"  # tỉnh, thành phố trực thuộc trung ương
    MINISTRY = "ministry"  # bộ, cơ quan ngang bộ


@dataclass(frozen=True, slots=True)
class Member:
    """One member, from `valid_from` until before `valid_until`; then `successor` goes on in its place."""

    code: str
    name: str
    kind: MemberClass
    valid_from: date | None = None
    valid_until: date | None = None
    successor: str = ""

    @property
    def short(self) -> str:
        """Initials and a letter more, for where there is little room: `QNi` for Quảng Ninh, `QNg` for Quảng Ngãi."""
        *first, last = self.name.removeprefix("Thành phố ").replace("–", " ").split()
        return "".join(word[0] for word in first) + last[:2]

    def is_valid_on(self, day: date) -> bool:
        """True if the member exists on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """Two whole numbers of an indicator, and of how many they were taken (tử số, mẫu số, tổng thể)."""

    numerator: int = 0
    denominator: int = 0
    population: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.numerator + other.numerator, self.denominator + other.denominator, self.population + other.population
        )

    @property
    def share(self) -> float | None:
        """The share of 0..1; None of nothing."""
        return self.numerator / self.denominator if self.denominator else None


def members_on(members: Iterable[Member], day: date) -> tuple[Member, ...]:
    """Return the members that exist on a day."""
    return tuple(member for member in members if member.is_valid_on(day))


def stands_for(members: Iterable[Member], day: date) -> dict[str, str]:
    """Return for every member, past ones too, the code of the one that stands in its place on a day.

    Who has no place yet on that day (its time comes later) stands for itself. Raises `ValueError` for a succession
    that leads back to where it began.
    """
    known = {member.code: member for member in members}
    return {code: _follow(known, code, day) for code in known}


def regroup(counts: Mapping[str, Counts], members: Iterable[Member], day: date) -> dict[str, Counts]:
    """Return counts by member as counts by who stands for it on `day`: sums of counts; the total stays the same."""
    places = stands_for(members, day)
    found: dict[str, Counts] = defaultdict(Counts)
    for code, value in counts.items():
        found[places.get(code, code)] += value
    return dict(found)


def find_partial(sent: Collection[str], members: Iterable[Member], on: date, shown: date) -> frozenset[str]:
    """Return who stands on `shown` for several members of the day `on`, of whom some have sent and some have not.

    The sum of those who have is smaller than the whole, and its share that of other people: it is no number of theirs.
    """
    known = tuple(members)
    places = stands_for(known, shown)
    there = {member.code: places[member.code] for member in members_on(known, on)}
    heard = {place for code, place in there.items() if code in sent}
    return frozenset(place for code, place in there.items() if code not in sent and place in heard)


def _follow(known: Mapping[str, Member], code: str, day: date) -> str:
    seen = {code}
    while True:
        member = known[code]
        if not member.successor or member.valid_until is None or day < member.valid_until:
            return code
        code = member.successor
        if code in seen:
            raise ValueError(f"{code} succeeds itself")
        seen.add(code)
