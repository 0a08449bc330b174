"""The indicators of an agency that are not judged dossier by dossier: 5, 8 and 9, and the total of all nine.

Source: Circular 01/2018/TT-VPCP Art 13-15. The thresholds of indicator 9 are of 2018 and hardly separate anybody
today; they stay as a dated scheme.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from onestop.plans.rules.scoring import OF_AGENCIES, DossierFacts, Score, Total, score_dossiers


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
    received and returned at the one-stop. `handled` is how it handled petitions. `suitable_online_share` is of
    procedures fit for it, `online_share` of dossiers, `online_late` counts online dossiers late or unsettled beyond
    their date.
    """

    centre_share: Fraction | None = None
    desk_share: Fraction | None = None
    handled: Handled | None = None
    suitable_online_share: Fraction | None = None
    online_share: Fraction | None = None
    online_late: int | None = None


def score_agency(facts: AgencyFacts, dossiers: Sequence[DossierFacts]) -> Total:
    """Return the points of an agency: nine indicators, 18 points."""
    own = {5: _organisation(facts), 8: _feedback(facts), 9: _online(facts)}
    return Total(
        tuple(
            _whole(number, own[number]) if number in own else score_dossiers(number, dossiers) for number in OF_AGENCIES
        )
    )


def _whole(indicator: int, points: int | None) -> Score:
    return Score(indicator, {} if points is None else {"": points}, int(points is None))


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
