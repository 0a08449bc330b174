"""A nation made up (số liệu giả lập): the same seed gives the same numbers, everywhere and for ever.

Shapes of real life: members of very different size, seasons, rates that rise at their own pace and differ widely, the
mergers of 2025, and cheats and mishaps planted on purpose. Chance comes from SHA-256 of names, not from a generator
whose numbers another version would change. What belongs to the merged province is simulated before and after it by
its own parts, so that the sum of counts runs on.
"""

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onestop.monitor.rules.aggregates import FIRST, Aggregate, Line, digest_of, write_aggregate
from onestop.monitor.rules.members import Counts, Member, MemberClass, members_on, stands_for

SCHEME = "province"
SEASON = (0.55, 0.75, 1.10, 1.05, 1.05, 1.10, 1.15, 1.20, 1.05, 1.00, 1.00, 0.95)  # Tết empties January and February


@dataclass(frozen=True, slots=True)
class Shape:
    """How one indicator behaves: code and version, between which rates members begin, how fast they gain."""

    code: str
    version: int
    low: float
    high: float
    gain: float


SHAPES = (
    Shape("ONLINE_BY_CHANNEL", 1, 0.20, 0.90, 0.10),
    Shape("FULL_PROCESS", 1, 0.03, 0.62, 0.09),
    Shape("ON_TIME_BY_LAW", 1, 0.70, 0.98, 0.02),
    Shape("DIGITISED_AT_RECEPTION", 1, 0.10, 0.95, 0.10),
    Shape("ELECTRONIC_RESULTS", 1, 0.05, 0.90, 0.12),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One aggregate as it is sent: canonical bytes, their hash, what they say, and how many hours late."""

    aggregate: Aggregate
    document: bytes
    digest: str
    hours_late: int


def month_ends(until: date, years: int) -> tuple[date, ...]:
    """Return the last days of the `12 * years` months up to the one that ended by `until`."""
    ends, first = [], until.replace(day=1) if (until + timedelta(1)).day != 1 else (until + timedelta(1))
    for _ in range(12 * years):
        last = first - timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return tuple(reversed(ends))


def simulate(members: Sequence[Member], days: Sequence[date], *, seed: int) -> Iterator[Sent]:
    """Yield every member's aggregates, day by day (month ends), each chained to the one before. Some never come."""
    last: dict[str, tuple[int, str]] = {}
    totals: dict[tuple[str, str], Counts] = {}
    for number, day in enumerate(days):
        if day.month == 1 or number == 0:
            totals.clear()
        for place, shape, counts in _month(members, day, seed, number):
            totals[place, shape.code] = totals.get((place, shape.code), Counts()) + counts
        _merge(totals, members, day)
        for member in members_on(members, day):
            if chance(seed, "absent", member.code, day) < 0.012:
                continue
            sequence, previous = last.get(member.code, (0, FIRST))
            lines = tuple(Line(s.code, s.version, totals[member.code, s.code], {}) for s in SHAPES)
            said = Aggregate(member.code, day, sequence + 1, previous, SCHEME, lines)
            document = write_aggregate(said)
            digest = digest_of(document)
            last[member.code] = sequence + 1, digest
            late = chance(seed, "late", member.code, day)
            yield Sent(said, document, digest, int(1 + late * 400) if late < 0.04 else 0)


def chance(seed: int, *names: object) -> float:
    """Return a number of 0..1 that belongs to these names."""
    digest = hashlib.sha256("/".join(map(str, (seed, *names))).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def _month(members: Iterable[Member], day: date, seed: int, number: int) -> Iterator[tuple[str, Shape, Counts]]:
    """Yield what each of the first members (before any merger) counts in a month, under who stands for it that day."""
    places = stands_for(members, day)
    for member in members:
        if member.valid_from is not None:  # made by a merger: simulated by its parts
            continue
        volume = round(_size(member, seed) * SEASON[day.month - 1] * (0.9 + 0.2 * chance(seed, member.code, day)))
        for shape in SHAPES:
            share = _rate(member, shape, seed, number, day)
            denominator = round(volume * (0.75 + 0.2 * chance(seed, "due", member.code)))
            yield places[member.code], shape, Counts(round(denominator * share), denominator, volume)


def _rate(member: Member, shape: Shape, seed: int, number: int, day: date) -> float:
    start = shape.low + (shape.high - shape.low) * math.pow(chance(seed, "level", shape.code, member.code), 1.3)
    pace = 2.2 * shape.gain * math.pow(chance(seed, "pace", shape.code, member.code), 1.5)  # some hardly move
    shaken = 0.03 * (chance(seed, "shaken", shape.code, member.code, day) - 0.5)
    return min(0.995, max(0.005, start + (0.99 - start) * (1 - math.exp(-pace * number / 6)) * 0.5 + shaken))


def _size(member: Member, seed: int) -> float:
    """Dossiers a month: log-normal, so that the largest has some thirty times the smallest."""
    spread = math.sqrt(-2 * math.log(1 - chance(seed, "a", member.code))) * math.cos(
        2 * math.pi * chance(seed, "b", member.code)
    )
    middle = 9_000 if member.kind is MemberClass.PROVINCE else 3_000
    return middle * math.exp(0.7 * max(-2.2, min(2.2, spread)))


def _merge(totals: dict[tuple[str, str], Counts], members: Iterable[Member], day: date) -> None:
    """Carry over, in the year of a merger, what the members that ended had counted until then."""
    places = stands_for(members, day)
    for place, code in list(totals):
        if places[place] != place:
            totals[places[place], code] = totals.get((places[place], code), Counts()) + totals.pop((place, code))
