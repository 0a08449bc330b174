"""Lines and units as a page shows them: in the reader's language, with a word, a bar, and what is behind the number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from onestop.agencies.rules import UnitKind
from onestop.facts.rules.definitions import Subject, Wording
from onestop.indicators.rules.outlook import Standing
from onestop.plans.queries.checks import list_checks
from onestop.plans.queries.progress import LineProgress, UnitProgress
from onestop.plans.rules.measures import Kind
from onestop.plans.rules.rollup import Part, Whole, roll_up
from onestop.web.base.moments import language
from onestop.web.base.numbers import number_word, share_word
from onestop.web.base.wording import kind_word
from onestop.web.plan.asking import Asked
from onestop.web.plan.goals import ShownGoal, show_goal
from onestop.web.plan.naming import come_to, target_word, words_of
from onestop.web.plan.tones import COLOURS, TONES


@dataclass(frozen=True, slots=True)
class Shown:
    """One target on a page. `hidden`: so few dossiers are behind it that the public page keeps them to itself."""

    line: LineProgress
    words: Wording
    hidden: bool = False
    numerator_href: str = ""
    denominator_href: str = ""

    @property
    def standing(self) -> Standing:
        """How it stands; what is kept back has no word either."""
        return Standing.NO_DATA if self.hidden else self.line.judgement.standing

    @property
    def tone(self) -> str:
        """The tone of its bar and word."""
        return TONES[self.standing]

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return COLOURS[self.tone]

    @property
    def share(self) -> float | None:
        """The figure of 0..1."""
        percent = self.line.judgement.percent
        return None if percent is None or self.hidden else float(percent / 100)

    @property
    def is_known(self) -> bool:
        """True if there is a figure to show."""
        return self.share is not None

    @property
    def value_word(self) -> str:
        """The figure as a share."""
        return share_word(self.share)

    @property
    def target_word(self) -> str:
        """The target as a share."""
        return share_word(self.target)

    @property
    def target(self) -> float:
        """The target of 0..1."""
        return float(self.line.target) / 100

    @property
    def forecast(self) -> float | None:
        """Where the year would end at this pace, 0..1."""
        forecast = self.line.judgement.forecast
        return None if forecast is None or self.hidden else float(forecast / 100)

    @property
    def gap(self) -> str:
        """The distance to the target with its sign, in points of per cent."""
        return "" if self.hidden else points_word(self.line.judgement.gap)

    @property
    def missed_on(self) -> date | None:
        """From which day the target is missed at this pace."""
        return None if self.hidden else self.line.judgement.missed_on

    @property
    def has_trend(self) -> bool:
        """True if two months in a row have a figure, so that there is a line to be drawn."""
        pairs = zip(self.line.trend, self.line.trend[1:], strict=False)
        return not self.hidden and any(one is not None and other is not None for one, other in pairs)

    @property
    def is_lost(self) -> bool:
        """True if at this pace the target can no longer be reached, from today on."""
        figure = self.line.figure
        return self.missed_on is not None and figure is not None and self.missed_on <= localdate(figure.as_of)

    @property
    def part(self) -> Part:
        """The line as it counts in a sum on this page: what is kept back has no data."""
        return Part(self.line.weight, None, Standing.NO_DATA) if self.hidden else self.line.part


@dataclass(frozen=True, slots=True)
class ShownWhole:
    """What many lines, or many units, come to."""

    whole: Whole
    name: str = ""
    code: str = ""
    href: str = ""

    @property
    def tone(self) -> str:
        """The tone of its word."""
        return TONES[self.whole.standing]

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return COLOURS[self.tone]

    @property
    def share(self) -> float | None:
        """How far it is attained, 0..1."""
        return None if self.whole.attained is None else float(self.whole.attained)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many stand how, in words, leaving out those of which there are none."""
        return [(kind_word("standing", key.value), count) for key, count in self.whole.counts.items() if count]


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the table: its whole, and a cell for each indicator of the table's head (None: no target)."""

    kind: str
    whole: ShownWhole
    cells: tuple[Shown | ShownGoal | None, ...]


def show_line(line: LineProgress, asked: Asked, *, opens: bool) -> Shown:
    """Return a line for the reader. `opens`: its numbers lead to the dossiers; else small numbers are kept back."""
    figure = line.figure
    is_small = figure is not None and figure.is_small
    links = {}
    if opens and figure is not None and figure.definition.subject is Subject.DOSSIER and figure.denominator:
        links = {f"{part}_href": _behind(line, part, asked) for part in ("numerator", "denominator")}
    return Shown(line, words_of(line.indicator), hidden=is_small and not opens, **links)


def show_unit(unit: UnitProgress, asked: Asked, *, opens: bool) -> list[Shown]:
    """Return the lines of a unit for the reader."""
    return [show_line(line, asked, opens=opens) for line in unit.lines]


def show_rows(units: Iterable[UnitProgress], heads: Iterable[str], asked: Asked, *, opens: bool) -> list[Row]:
    """Return the table of units: those that need help first, as the roll-up says."""
    order = (Standing.SLOW, Standing.AT_RISK, Standing.REACHED, Standing.NO_DATA)
    codes = list(heads)
    rows = [_row(unit, codes, asked, opens=opens) for unit in units]
    return sorted(rows, key=lambda row: (order.index(row.whole.whole.standing), row.whole.share or 0, row.whole.code))


def show_branches(rows: Iterable[Row], names: dict[UnitKind, str]) -> list[ShownWhole]:
    """Return what each branch comes to, each unit counting the same."""
    found = []
    for kind, name in names.items():
        wholes = [row.whole.whole for row in rows if row.kind == kind]
        if wholes:
            parts = [Part(1, whole.attained, whole.standing) for whole in wholes]
            found.append(ShownWhole(roll_up(parts), name))
    return found


def show_goals(unit: UnitProgress, *, opens: bool) -> list[ShownGoal]:
    """Return the targets of a unit that are no shares."""
    return [show_goal(goal, opens=opens) for goal in unit.goals]


def show_whole(lines: Iterable[Shown | ShownGoal]) -> Whole:
    """Return what lines come to on this page."""
    return roll_up([line.part for line in lines])


def show_checks(version: Any) -> list[dict[str, object]]:
    """Return for each indicator of a version whether the units' targets meet the province's in the mean."""
    return [
        {
            "name": words_of(item.indicator).name,
            "units": item.units,
            "together": come_to(item),
            "wanted": target_word(item.indicator, item.kind, item.check.direction, item.check.wanted),
            "is_share": item.kind is Kind.SHARE,
            "holds": item.check.holds,
        }
        for item in list_checks(version)
    ]


def heads_of(units: Iterable[UnitProgress]) -> list[str]:
    """Return what any of these units has a target for: shares first, each in the order of their codes."""
    found = list(units)
    shares = {line.indicator for unit in found for line in unit.lines}
    return sorted(shares) + sorted({goal.measure.code for unit in found for goal in unit.goals})


def points_word(gap: Fraction | None) -> str:
    """Return a distance in points of per cent, with its sign: `+0,6`, `−6,4`; of nothing a dash."""
    if gap is None:
        return "–"
    sign = "−" if gap < 0 else "+"
    return gettext("%(points)s points") % {"points": f"{sign}{number_word(abs(float(gap)), 1)}"}


def _row(unit: UnitProgress, codes: list[str], asked: Asked, *, opens: bool) -> Row:
    cells: dict[str, Shown | ShownGoal] = {line.indicator: show_line(line, asked, opens=opens) for line in unit.lines}
    cells |= {goal.measure.code: show_goal(goal, opens=opens) for goal in unit.goals}
    name = unit.names.get(language()) or unit.names["vi"]
    whole = ShownWhole(show_whole(cells.values()), name, unit.unit, asked.address(**{"don-vi": unit.unit}))
    return Row(unit.kind, whole, tuple(cells.get(code) for code in codes))


def _behind(line: LineProgress, part: str, asked: Asked) -> str:
    """The list behind a number, on the board, if that face is installed."""
    begin, until = f"{asked.year}-01-01", asked.until.isoformat() if asked.until else ""
    try:
        address = reverse("board:behind", args=[line.indicator, part])
    except NoReverseMatch:
        return ""
    return f"{address}?don-vi={line.unit}&tu={begin}" + (f"&den={until}" if until else "")
