"""The points of a unit by a scheme, from this system's own counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from onestop.agencies.rules import UnitKind
from onestop.facts.rules.figures import Figure
from onestop.indicators.queries.figures import Survey, list_figures
from onestop.indicators.queries.schemes import get_scheme
from onestop.indicators.queries.units import get_branch
from onestop.indicators.rules.scorecard import Counted, Group, GroupScore, Score, score_groups


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a scorecard: its figure, if this system counts it, and its points."""

    figure: Figure | None
    score: Score


@dataclass(frozen=True, slots=True)
class Card:
    """A scorecard of one unit: groups with their criteria. Points that hang on what is not known are apart."""

    groups: tuple[tuple[Group, GroupScore, tuple[Criterion, ...]], ...]

    @property
    def points(self) -> float:
        """The sum of the points that are known."""
        return float(sum(score.points for _, score, _ in self.groups))

    @property
    def unresolved_points(self) -> float:
        """How many points hang on what is not known."""
        return float(sum(score.unresolved_points for _, score, _ in self.groups))

    @property
    def max_points(self) -> int:
        """How many points there are."""
        return sum(group.max_points for group, _, _ in self.groups)


def make_card(survey: Survey, *, scheme: str, unit: str) -> Card:
    """Return the scorecard of a unit. `survey` is one of that scheme. What is not recorded gives no points, not zero.

    Raises `NotFound` for an unknown scheme or unit.
    """
    figures = list_figures(survey, unit=unit)
    is_commune = bool(unit) and get_branch(unit).kind is UnitKind.COMMUNE
    groups = get_scheme(scheme)
    scores = score_groups(groups, read_figures(figures), is_commune=is_commune)
    by_code = {figure.definition.code: figure for figure in figures}
    return Card(
        tuple(
            (group, score, tuple(Criterion(by_code.get(item.code), item) for item in score.scores))
            for group, score in zip(groups, scores, strict=True)
        )
    )


def read_figures(figures: Sequence[Figure]) -> dict[str, Counted]:
    """Return the counts of a scheme's criteria; what is not recorded is left out, so that it stays unknown."""
    return {item.definition.code: Counted(item.numerator, item.denominator) for item in figures if item.is_known}
