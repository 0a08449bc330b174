"""Signs of gaming, unit by unit, each beside what is usual among like units."""

from collections.abc import Sequence
from dataclasses import dataclass

from onestop.accounts.rules import Principal
from onestop.agencies.queries.trees import get_tree
from onestop.errors import Refused
from onestop.facts.rules.definitions import Definition
from onestop.indicators.queries.figures import Row, Survey, list_rows
from onestop.indicators.rules.alarms import Alarm, judge_alarms
from onestop.indicators.rules.comparison import Peer
from onestop.indicators.rules.duties import Duty, find_hindrances

SCHEME = "alarms"
BESIDE = {
    "ON_TIME_BY_LAW": ("ENDED_WITHIN_MINUTES", "ENDED_IN_BULK", "STOPPED_JUST_BEFORE_DUE"),
    "ON_TIME_BY_APPOINTMENT": ("PROMISED_ANEW", "STOPPED_JUST_BEFORE_DUE"),
    "DIGITISED_AT_RECEPTION": ("SCANNED_WITHOUT_FILES",),
    "ON_TIME_INDICATOR": ("ENDED_WITHIN_MINUTES", "ENDED_IN_BULK", "STOPPED_JUST_BEFORE_DUE"),
    "ONLINE_BY_CHANNEL": ("FILED_FOR_APPLICANTS", "FILED_FROM_OFFICES"),
    "ONLINE_BY_OWN_HAND": ("ONE_ACCOUNT_FOR_MANY", "FILED_FROM_OFFICES"),
    "FULL_PROCESS": ("FILED_FOR_APPLICANTS", "ONE_ACCOUNT_FOR_MANY"),
    "WHOLLY_ONLINE": ("ONE_ACCOUNT_FOR_MANY", "ENDED_IN_BULK"),
    "SATISFACTION_ASKED": ("RATED_AT_THE_COUNTER",),
}
"""Which signs stand beside which rate: those that would push it up."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign with the alarm of every unit, the rarest first; none if it is not recorded."""

    definition: Definition
    alarms: tuple[Alarm, ...]

    @property
    def raised(self) -> tuple[Alarm, ...]:
        """The units for which it is more than usual."""
        return tuple(alarm for alarm in self.alarms if alarm.level)

    def of(self, unit: str) -> Alarm | None:
        """Return what one unit shows."""
        return next((alarm for alarm in self.alarms if alarm.unit == unit), None)


def list_signs(survey: Survey, *, top: str, by: Principal) -> tuple[Sign, ...]:
    """Return every sign with the alarms of all agencies below `top`. `survey` is one of the scheme `alarms`.

    All units are compared; shown are those in the subtree of `by`. Raises `Refused` for whoever is not to see alarms.
    """
    reasons = find_hindrances(Duty.READ_ALARMS, by)
    if reasons:
        raise Refused("figures.not_permitted", reasons=reasons)
    rows, by_code = list_rows(survey, unit=top), get_tree().by_code
    mine = {row.unit for row in rows if by_code[row.unit].id in by.unit_ids}
    signs = []
    for definition in survey.definitions:
        alarms = () if definition.no_data else judge_alarms(list_peers(rows, definition.code))
        signs.append(Sign(definition, tuple(alarm for alarm in alarms if alarm.unit in mine)))
    return tuple(signs)


def list_peers(rows: Sequence[Row], code: str) -> list[Peer]:
    """Return the units of a table with the two numbers of one figure, each with its kind."""
    kinds = get_tree().by_code
    return [
        Peer(row.unit, kinds[row.unit].kind.value, figure.numerator, figure.denominator)
        for row in rows
        for figure in row.figures
        if figure.definition.code == code
    ]
