"""The indicators of an agency that are not judged dossier by dossier: 5, 8 and 9, what is known of 6, and the total.

Source: Circular 01/2018/TT-VPCP Art 13-15. The thresholds of indicator 9 are of 2018 and hardly separate anybody
today; they stay as a dated scheme.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from onestop.plans.rules.scoring import OF_AGENCIES, TENTH, DossierFacts, Score, Total, score_dossiers
from onestop.plans.rules.targets import round_down, round_up


@dataclass(frozen=True, slots=True)
class Handled:
    """How an agency handled petitions (tiếp thu, giải trình): how many, how many in time, whether any was prolonged."""

    petitions: int
    on_time: int
    prolonged: bool


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What is known of an agency over the period; None is unknown.

    `centre_share` is the share of its procedures received, appraised and approved at the centre; `desk_share` of those
    received and returned at the one-stop. `published_share` is the share of its dossiers whose procedure was published
    electronically before they were filed; whether it was posted on the wall as well is not on record. `handled` is
    how it handled petitions. `suitable_online_share` is of procedures fit for it, `online_share` of dossiers,
    `online_late` counts online dossiers late or unsettled beyond their date.
    """

    centre_share: Fraction | None = None
    desk_share: Fraction | None = None
    handled: Handled | None = None
    suitable_online_share: Fraction | None = None
    online_share: Fraction | None = None
    online_late: int | None = None
    published_share: Fraction | None = None


def score_agency(facts: AgencyFacts, dossiers: Sequence[DossierFacts]) -> Total:
    """Return the points of an agency: nine indicators, 18 points."""
    own = {
        5: _whole(5, _organisation(facts), least=int(facts.desk_share == 1), gap="centre"),
        8: _whole(8, _feedback(facts), gap="petitions"),
        9: _whole(9, _online(facts), gap="online"),
    }
    of_dossiers = {number: score_dossiers(number, dossiers) for number in OF_AGENCIES if number not in own}
    if of_dossiers[6].mean is None:
        of_dossiers[6] = _publicity(facts, of_dossiers[6])
    return Total(tuple((own | of_dossiers)[number] for number in OF_AGENCIES))


def _whole(indicator: int, points: int | None, *, least: int = 0, gap: str) -> Score:
    if points is not None:
        return Score(indicator, {"": points})
    return Score(indicator, {}, 1, least=Decimal(least), gap=gap)


def _publicity(facts: AgencyFacts, score: Score) -> Score:
    """One of the two ways is known, so each dossier has this way's point, and the other's perhaps."""
    if facts.published_share is None:
        return replace(score, gap="publicity")
    least = round_down(facts.published_share, TENTH)
    return replace(score, least=least, highest=round_up(facts.published_share, TENTH) + 1, gap="posted")


def _organisation(facts: AgencyFacts) -> int | None:
    if facts.centre_share is not None and facts.centre_share >= Fraction(20, 100):
        return 2
    if facts.desk_share is None or facts.centre_share is None:
        return None
    return 1 if facts.desk_share == 1 else 0


def _feedback(facts: AgencyFacts) -> int | None:
    handled = facts.handled
    if handled is None:
        return None
    if handled.prolonged:
        return 0
    if handled.on_time == handled.petitions:
        return 2
    return 1 if Fraction(handled.on_time, handled.petitions) >= Fraction(90, 100) else 0


def _online(facts: AgencyFacts) -> int | None:
    """One late online dossier decides; else the share of dossiers, and for the full points that of procedures too."""
    if facts.online_late is None or facts.online_share is None:
        return 0 if facts.online_late else None
    if facts.online_late or facts.online_share < Fraction(15, 100):
        return 0
    if facts.online_share < Fraction(30, 100):
        return 1
    if facts.suitable_online_share is None:
        return None
    return 2 if facts.suitable_online_share >= Fraction(20, 100) else 1
