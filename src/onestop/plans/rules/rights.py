"""Who may do what with a plan: one table, deed × role × condition.

The control officers of the province draft, its leader signs: who writes a target does not sign it, who answers for it
does not accept the evidence (`duties.find_acceptance_objections`).
"""

from enum import StrEnum

from onestop.accounts.rules import Principal, Role
from onestop.plans.rules.kinds import Deed


class Condition(StrEnum):
    """When a role may."""

    AT_THE_TOP = "at_the_top"  # in the unit whose plan it is
    IN_UNITS = "in_units"  # the line's unit is mine or below mine
    OWN_UNIT = "own_unit"  # the line's unit is the very unit of my post
    RESPONSIBLE = "responsible"  # it is given to my post


R, C, D = Role, Condition, Deed
OFFICERS = (R.ONE_STOP_OFFICER, R.SPECIALIST, R.DIVISION_HEAD, R.LEADER, R.CLERK, R.AUDITOR)
DRAFTING = (D.OPEN, D.SET_LINE, D.DROP_LINE, D.IMPORT, D.CASCADE, D.AMEND)

TABLE: tuple[tuple[Deed, Role, Condition], ...] = (
    *((deed, R.AUDITOR, C.AT_THE_TOP) for deed in DRAFTING),
    (D.SIGN, R.LEADER, C.AT_THE_TOP),
    (D.SET_TASK, R.AUDITOR, C.IN_UNITS),
    (D.SET_TASK, R.LEADER, C.IN_UNITS),
    *((D.HAND_IN, role, C.RESPONSIBLE) for role in OFFICERS),
    (D.ACCEPT, R.AUDITOR, C.IN_UNITS),
    (D.ACCEPT, R.LEADER, C.IN_UNITS),
    (D.SEND_BACK, R.AUDITOR, C.IN_UNITS),
    (D.SEND_BACK, R.LEADER, C.IN_UNITS),
    (D.SIGN_REVIEW, R.LEADER, C.OWN_UNIT),
    *((D.REPORT, role, C.RESPONSIBLE) for role in OFFICERS),
    (D.REPORT, R.LEADER, C.OWN_UNIT),
    (D.ACCEPT_REPORT, R.AUDITOR, C.IN_UNITS),
    (D.ACCEPT_REPORT, R.LEADER, C.IN_UNITS),
    (D.SEND_REPORT_BACK, R.AUDITOR, C.IN_UNITS),
    (D.SEND_REPORT_BACK, R.LEADER, C.IN_UNITS),
)
_OF_THE_SYSTEM = frozenset(DRAFTING)
"""What a machine may do by itself, e.g. an import at the command line: nothing that somebody answers for."""


def permits(deed: Deed, by: Principal, *, plan_unit_id: int, unit_id: int | None = None, post: str = "") -> bool:
    """True if `by` may do `deed` to a plan of `plan_unit_id`, a line or task of `unit_id`, a task given to `post`."""
    if by.account_id is None:
        return deed in _OF_THE_SYSTEM
    if not by.may_by_delegation(deed):
        return False
    conditions = {condition for verb, role, condition in TABLE if verb is deed and role in by.roles}
    return any(_holds(condition, by, plan_unit_id, unit_id, post) for condition in conditions)


def may_ever(deed: Deed, by: Principal) -> bool:
    """True if there could be a plan on which `by` may do `deed`: decides what a menu shows."""
    return any(verb is deed and role in by.roles for verb, role, _ in TABLE)


def _holds(condition: Condition, by: Principal, plan_unit_id: int, unit_id: int | None, post: str) -> bool:
    match condition:
        case Condition.AT_THE_TOP:
            return by.unit_id == plan_unit_id
        case Condition.IN_UNITS:
            return unit_id is not None and unit_id in by.unit_ids
        case Condition.OWN_UNIT:
            return unit_id is not None and unit_id == by.unit_id
        case Condition.RESPONSIBLE:
            return bool(post) and post == by.post_code
