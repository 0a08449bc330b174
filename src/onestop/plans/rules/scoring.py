"""Points of officials and agencies for settling procedures (đánh giá việc giải quyết TTHC).

Source: Circular 01/2018/TT-VPCP Art 13-15 and Decree 61/2018/NĐ-CP Art 27-32: nine indicators of 2, 1 or 0 points. The
five that are judged on each dossier (1, 2, 3, 4, 7) make the points of an official, all nine those of an agency. The
score of an indicator is the mean over its dossiers, rounded to one decimal; the total is the sum. Whether Circular
03/2025/TT-VPCP changed them is not verified: the scheme is dated.

What is not on record is no zero: its indicator has no data, and the total is a range until it is known. Excluded: a
complaint verified untrue (7), a contact that was the applicant's fault (3).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from onestop.plans.rules.targets import round_nearest

SCHEME = "TT 01/2018/TT-VPCP, Đ13-15"
OF_OFFICIALS = (1, 2, 3, 4, 7)
OF_AGENCIES = (1, 2, 3, 4, 5, 6, 7, 8, 9)
MOST = 2
TENTH = Decimal("0.1")


class Pace(StrEnum):
    """How long something took beside the time it had (so với thời hạn)."""

    SHORTER = "shorter"
    EQUAL = "equal"
    LONGER = "longer"


class Complaint(StrEnum):
    """A complaint of conduct, and what came of it (phản ánh về thái độ)."""

    OPEN = "open"  # chưa xác minh
    UPHELD = "upheld"  # đúng
    UNTRUE = "untrue"  # đã xác minh là không đúng: không tính


class Grade(StrEnum):
    """What the points come to (xếp loại)."""

    FULL = "full"  # công chức: hoàn thành 100 % nhiệm vụ
    PARTLY = "partly"  # 70 % đến dưới 100 %
    LOW = "low"  # dưới 70 %
    EXCELLENT = "excellent"  # cơ quan: xuất sắc
    GOOD = "good"  # tốt
    FAIR = "fair"  # khá
    AVERAGE = "average"  # trung bình
    WEAK = "weak"  # yếu


OFFICIAL_BANDS = ((Decimal(5), Grade.FULL), (Decimal("3.5"), Grade.PARTLY), (Decimal(0), Grade.LOW))
AGENCY_BANDS = (
    (Decimal(15), Grade.EXCELLENT),
    (Decimal(12), Grade.GOOD),
    (Decimal(9), Grade.FAIR),
    (Decimal(6), Grade.AVERAGE),
    (Decimal(0), Grade.WEAK),
)


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What is known of one settled dossier; None is unknown.

    `contacts` is how often the applicant had to come back to complete it, online included; `excused` how many of those
    were the applicant's fault. `agencies` is how many agencies had to be contacted for it, the one-stop among them.
    `publicity` counts the two ways, posted and electronic, in which the procedure was public.
    """

    code: str
    total: Pace | None = None
    own: Pace | None = None
    contacts: int | None = None
    excused: int = 0
    agencies: int | None = None
    complaints: tuple[Complaint, ...] | None = None
    publicity: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """One indicator: the points of each dossier that has any, its mean, and how many had no data.

    Without a mean it lies from `least` to `highest`, and `gap` is the code of what is not on record.
    """

    indicator: int
    points: Mapping[str, int]
    unknown: int = 0
    least: Decimal = Decimal(0)
    highest: Decimal = Decimal(MOST)
    gap: str = ""

    @property
    def mean(self) -> Decimal | None:
        """The mean, one decimal, half up; None without data."""
        if not self.points:
            return None
        return round_nearest(Fraction(sum(self.points.values()), len(self.points)), TENTH)


@dataclass(frozen=True, slots=True)
class Total:
    """The sum over the indicators with data; with some missing, a range."""

    scores: tuple[Score, ...]

    @property
    def low(self) -> Decimal:
        """The sum of what is known: the missing ones as if they came to the least they can."""
        return sum((score.least if score.mean is None else score.mean for score in self.scores), Decimal(0))

    @property
    def high(self) -> Decimal:
        """The most it can be: the missing ones as if they came to the most they can."""
        return sum((score.highest if score.mean is None else score.mean for score in self.scores), Decimal(0))

    @property
    def most(self) -> int:
        """The most there is to be had."""
        return MOST * len(self.scores)

    @property
    def missing(self) -> tuple[int, ...]:
        """The indicators without data."""
        return tuple(score.indicator for score in self.scores if score.mean is None)


def points_of(indicator: int, facts: DossierFacts) -> int | None:
    """Return the points of one dossier for an indicator that is judged on dossiers; None if it is not known."""
    match indicator:
        case 1:
            return _for_time(facts.total)
        case 2:
            return _for_time(facts.own)
        case 3:
            return None if facts.contacts is None else _falling(max(0, facts.contacts - facts.excused))
        case 4:
            return None if facts.agencies is None else _falling(facts.agencies)
        case 6:
            return facts.publicity
        case 7:
            return _for_conduct(facts)
    raise ValueError(indicator)


def score_dossiers(indicator: int, dossiers: Iterable[DossierFacts]) -> Score:
    """Return the score of an indicator over dossiers."""
    found = {facts.code: points_of(indicator, facts) for facts in dossiers}
    known = {code: points for code, points in found.items() if points is not None}
    return Score(indicator, known, len(found) - len(known))


def score_official(dossiers: Sequence[DossierFacts]) -> Total:
    """Return the points of an official over the dossiers that went through their hands."""
    return Total(tuple(score_dossiers(indicator, dossiers) for indicator in OF_OFFICIALS))


def find_grade(total: Total, bands: Sequence[tuple[Decimal, Grade]]) -> Grade | None:
    """Return the grade, or None as long as what is missing could change it."""
    if len(total.missing) == len(total.scores):
        return None
    low, high = _band(total.low, bands), _band(total.high, bands)
    return low if low is high else None


def _band(points: Decimal, bands: Sequence[tuple[Decimal, Grade]]) -> Grade:
    return next(grade for floor, grade in bands if points >= floor)


def _for_time(pace: Pace | None) -> int | None:
    return None if pace is None else {Pace.SHORTER: 2, Pace.EQUAL: 1, Pace.LONGER: 0}[pace]


def _falling(count: int) -> int:
    return max(0, MOST - count)


def _for_conduct(facts: DossierFacts) -> int | None:
    """2 early and 1 on time without a complaint, 0 with one, unless it was verified untrue.

    Late without a complaint: the text at hand does not say, so it is not judged.
    """
    if facts.complaints is None:
        return None
    if any(complaint is not Complaint.UNTRUE for complaint in facts.complaints):
        return 0
    return {Pace.SHORTER: 2, Pace.EQUAL: 1}.get(facts.total) if facts.total is not None else None
