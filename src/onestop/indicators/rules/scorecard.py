"""Points from counts (chấm điểm bộ chỉ số 766): linear rules, unknown stays unknown, what is not known is not guessed.

The rules are data (`data/schemes/`), fitted on what the national portal showed in 2026: they describe the portal, they
are no law. Decision 766/QĐ-TTg; Decree 309/2026/NĐ-CP Art 28(4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

PAYMENT = {"PAY_DOSSIER": "A", "PAY_TRANSACTION": "B", "PAY_INTEGRATED": "C"}


@dataclass(frozen=True, slots=True)
class Criterion:
    """How one criterion is scored: full points at the share `full_at`; `zero_points` if the denominator is zero."""

    code: str
    max_points: Fraction | None
    rule: str
    full_at: Fraction
    zero_points: Fraction | None
    is_province_only: bool
    flag: str
    wording: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of criteria and the points it can give."""

    code: str
    max_points: int
    criteria: tuple[Criterion, ...]
    wording: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is known of a criterion: two counts, or only their ratio."""

    numerator: int | None = None
    denominator: int | None = None
    ratio: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """One criterion's answer. `points` None means unknown, never zero; `flag` says why, or what to beware of."""

    code: str
    numerator: int | None
    denominator: int | None
    points: Decimal | None
    max_points: Decimal | None
    flag: str


@dataclass(frozen=True, slots=True)
class GroupScore:
    """One group's answer: the sum of what is known, and how many points hang on what is not."""

    code: str
    points: Decimal
    max_points: int
    unresolved_points: Decimal
    scores: tuple[Score, ...]


def read_groups(raw: Mapping[str, Any]) -> tuple[Group, ...]:
    """Return the groups of a scheme from its JSON form."""
    return tuple(
        Group(
            group["code"],
            group["max_points"],
            tuple(_criterion(item) for item in group["criteria"]),
            group["wording"],
        )
        for group in raw["groups"]
    )


def read_counts(raw: Mapping[str, Any]) -> dict[str, Counted]:
    """Return the counts of one unit by criterion, from `metrics` and `payment` (A dossiers, B, C services)."""
    found = {
        item["code"]: Counted(item.get("numerator"), item.get("denominator"), _fraction(item.get("ratio")))
        for item in raw.get("metrics", ())
    }
    payment = raw.get("payment") or {}
    for code, letter in PAYMENT.items():
        if isinstance(payment.get(letter), list):
            found[code] = Counted(*payment[letter])
    return found


def score_groups(
    groups: Iterable[Group], counts: Mapping[str, Counted], *, is_commune: bool = False
) -> tuple[GroupScore, ...]:
    """Return the points of one unit, group by group."""
    return tuple(_score_group(group, counts, is_commune) for group in groups)


def score(criterion: Criterion, counted: Counted | None, *, is_commune: bool = False) -> Score:
    """Return the points of one criterion. What does not apply to a commune gives its full points, marked as such."""
    known = counted or Counted()
    points, flag = _points(criterion, known, is_commune)
    return Score(criterion.code, known.numerator, known.denominator, points, _rounded(criterion.max_points), flag)


def _points(criterion: Criterion, known: Counted, is_commune: bool) -> tuple[Decimal | None, str]:
    if criterion.rule != "linear" or criterion.max_points is None:
        return None, criterion.rule
    if is_commune and criterion.is_province_only:
        return _rounded(criterion.max_points), "not_applicable_full_points"
    if known.denominator == 0 and known.ratio is None:
        return _rounded(criterion.zero_points), "denominator_zero"
    share = _share(known)
    if share is None:
        return None, "counts_missing"
    found = criterion.max_points * min(Fraction(1), share / criterion.full_at)
    return _rounded(found), criterion.flag or ("ratio_without_counts" if known.denominator is None else "")


def _share(known: Counted) -> Fraction | None:
    if known.numerator is not None and known.denominator:
        return Fraction(known.numerator, known.denominator)
    return known.ratio


def _score_group(group: Group, counts: Mapping[str, Counted], is_commune: bool) -> GroupScore:
    scores = tuple(score(item, counts.get(item.code), is_commune=is_commune) for item in group.criteria)
    unknown = (item.max_points for item in scores if item.points is None and item.max_points is not None)
    return GroupScore(
        code=group.code,
        points=sum((item.points for item in scores if item.points is not None), Decimal(0)),
        max_points=group.max_points,
        unresolved_points=sum(unknown, Decimal(0)),
        scores=scores,
    )


def _criterion(raw: Mapping[str, Any]) -> Criterion:
    return Criterion(
        code=raw["code"],
        max_points=_fraction(raw.get("max_points")),
        rule=raw["rule"],
        full_at=_fraction(raw.get("full_at", 1)) or Fraction(1),
        zero_points=_fraction(raw.get("zero_points")),
        is_province_only=bool(raw.get("province_only")),
        flag=raw.get("flag", ""),
        wording=raw["wording"],
    )


def _fraction(value: Any) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def _rounded(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
