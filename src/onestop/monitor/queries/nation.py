"""The nation in one figure: ranks, change, unevenness, goals and history, all on the map of the day that is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from onestop.errors import NotFound
from onestop.monitor.models import MemberFigure, Submission
from onestop.monitor.queries.members import list_members
from onestop.monitor.queries.reference import list_goals
from onestop.monitor.queries.submissions import list_series
from onestop.monitor.rules.comparing import Ranked, Unevenness, close_months, measure, rank
from onestop.monitor.rules.goals import Goal, goal_for
from onestop.monitor.rules.members import Counts, Member, MemberClass, find_partial, members_on, regroup
from onestop.monitor.rules.suppressing import is_small

MOVERS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """One member in the ranking.

    `change` is in points of 0..1 against the last month; `history` follows the days, without what few stand behind.
    """

    member: Member
    ranked: Ranked
    change: float | None
    history: tuple[float | None, ...]
    reached: bool | None


@dataclass(frozen=True, slots=True)
class Nation:
    """One indicator over one class of members on one day.

    `days` are the last day known of each month, up to the one shown; `history` the share of all who have sent on each.
    `missing` have sent nothing that counts for the day. Series are regrouped to the members of `day`: sums of counts,
    also before a merger; where one of the parts has sent nothing, the sum is unknown.
    """

    code: str
    kind: MemberClass
    day: date
    days: tuple[date, ...]
    places: tuple[Place, ...]
    unevenness: Unevenness | None
    goal: Goal | None
    history: tuple[float | None, ...]
    missing: tuple[Member, ...]
    is_simulated: bool

    @property
    def day_before(self) -> date | None:
        """The last day of the month before, against which changes are told; None if there is none."""
        return self.days[-2] if len(self.days) > 1 else None

    @property
    def heard(self) -> int:
        """How many members have a report that counts for the day."""
        return len(self.places) - len(self.missing)

    @property
    def spread_points(self) -> float | None:
        """How far the lowest is from the highest, in points of a hundred."""
        return self.unevenness.spread * 100 if self.unevenness else None

    @property
    def goal_share(self) -> float | None:
        """The goal of 0..1; None if none was set."""
        return self.goal.share if self.goal else None

    @property
    def reached(self) -> int:
        """How many members have reached the goal."""
        return sum(1 for place in self.places if place.reached)

    @property
    def movers(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """Who rose most and who fell most since the last month, the strongest first."""
        known = sorted((p for p in self.places if p.change), key=lambda p: (-(p.change or 0), p.member.code))
        rose = tuple(place for place in known if (place.change or 0) > 0)[:MOVERS]
        fell = tuple(place for place in reversed(known) if (place.change or 0) < 0)[:MOVERS]
        return rose, fell


def list_days(*, code: str = "") -> list[date]:
    """Return the days for which anything counts, the newest first."""
    rows = MemberFigure.objects.filter(code=code) if code else MemberFigure.objects.all()
    return list(rows.order_by("-day").values_list("day", flat=True).distinct())


def list_codes() -> list[str]:
    """Return the codes of all indicators that anybody has sent."""
    return list(MemberFigure.objects.order_by("code").values_list("code", flat=True).distinct())


def survey_nation(*, code: str, kind: MemberClass, day: date | None = None) -> Nation:
    """Return the nation in one figure, on `day` or the newest one. Raises `NotFound` if nothing was ever sent."""
    days = close_months(known for known in list_days(code=code) if day is None or known <= day)
    if not days:
        raise NotFound("indicators.indicator_unknown", indicator=code)
    series, shown = list_series(code, days=days), days[-1]
    members = {member.code: member for member in members_on(list_members(), shown) if member.kind is kind}
    sums = [_on_map(series[known], members, shown) for known in days]
    told = [_whole(counts, series[known], known, shown) for known, counts in zip(days, sums, strict=True)]
    goal = goal_for(list_goals(), code, kind, shown.year)
    here = {code: told[-1].get(code, Counts()) for code in members}
    before = told[-2] if len(told) > 1 else {}
    return Nation(
        code=code,
        kind=kind,
        day=shown,
        days=days,
        places=tuple(_place(item, members, before, told, goal) for item in rank(here)),
        unevenness=measure(here),
        goal=goal,
        history=tuple(sum(counts.values(), Counts()).share for counts in sums),
        missing=tuple(member for member in members.values() if member.code not in told[-1]),
        is_simulated=Submission.objects.filter(day=shown, is_simulated=True).exists(),
    )


def _on_map(counts: Mapping[str, Counts], members: Mapping[str, Member], day: date) -> dict[str, Counts]:
    return {code: value for code, value in regroup(counts, list_members(), day).items() if code in members}


def _told(counts: Counts) -> float | None:
    """Return a share of the past, unless so few stand behind it that somebody could be recognised."""
    return None if is_small(counts) else counts.share


def _whole(counts: Mapping[str, Counts], sent: Mapping[str, Counts], on: date, shown: date) -> dict[str, Counts]:
    """Leave out sums that lack a part."""
    partial = find_partial(sent, list_members(), on, shown)
    return {code: value for code, value in counts.items() if code not in partial}


def _place(
    item: Ranked,
    members: Mapping[str, Member],
    before: Mapping[str, Counts],
    told: Iterable[Mapping[str, Counts]],
    goal: Goal | None,
) -> Place:
    earlier = before[item.code].share if item.code in before else None
    change = None if item.share is None or earlier is None else item.share - earlier
    history = tuple(_told(counts.get(item.code, Counts())) for counts in told)
    reached = None if goal is None or item.share is None else item.share >= goal.share
    return Place(members[item.code], item, change, history, reached)
