"""Who may do what with a dossier: one table, verb × role × condition.

Views, templates, operations and lists all ask this table; `queries.scope` compiles the same conditions to SQL, and a
differential test holds the two together. Citizens see their own (Decree 61/2018 Art 16); officers see what their unit
or a subordinate one receives, settles or holds.
"""

from dataclasses import dataclass
from enum import StrEnum

from onestop.accounts.rules import Principal, Role
from onestop.dossiers.rules.states import Verb


class Condition(StrEnum):
    """When a role may use a verb."""

    OWN = "own"  # the applicant's own dossier, or that of somebody represented
    IN_UNITS = "in_units"  # received, settled or held by my unit or a subordinate one
    CONSULTED = "consulted"  # my unit has been asked for an opinion
    RECEIVED_HERE = "received_here"  # received at my own desk
    HELD_HERE = "held_here"  # at a step of my role in my own unit, and not somebody else's by assignment


@dataclass(frozen=True, slots=True)
class RightsFacts:
    """What of a dossier decides about rights. Ids of rows; `assignee_id` is a posting."""

    applicant_id: int
    receiving_unit_id: int
    settling_unit_id: int
    holder_unit_id: int
    step_role: str
    assignee_id: int | None
    consulted_unit_ids: frozenset[int]


R, C, V = Role, Condition, Verb
OFFICERS = (R.ONE_STOP_OFFICER, R.SPECIALIST, R.DIVISION_HEAD, R.LEADER, R.CLERK, R.AUDITOR)

TABLE: tuple[tuple[Verb, Role, Condition], ...] = (
    (V.READ, R.APPLICANT, C.OWN),
    *((V.READ, role, C.IN_UNITS) for role in OFFICERS),
    (V.READ, R.SPECIALIST, C.CONSULTED),
    (V.READ, R.DIVISION_HEAD, C.CONSULTED),
    (V.READ, R.LEADER, C.CONSULTED),
    (V.SUBMIT, R.APPLICANT, C.OWN),
    (V.SUBMIT, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
    (V.DIGITISE, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
    (V.CHARGE, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
    (V.CHARGE, R.SPECIALIST, C.HELD_HERE),
    (V.PAY, R.APPLICANT, C.OWN),
    (V.PAY, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
    (V.REFUND, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
    (V.ACCEPT, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
    (V.REFUSE, R.ONE_STOP_OFFICER, C.HELD_HERE),
    (V.REFUSE, R.LEADER, C.HELD_HERE),
    (V.REQUEST_SUPPLEMENT, R.ONE_STOP_OFFICER, C.HELD_HERE),
    (V.REQUEST_SUPPLEMENT, R.SPECIALIST, C.HELD_HERE),
    (V.ANSWER_SUPPLEMENT, R.APPLICANT, C.OWN),
    (V.ANSWER_SUPPLEMENT, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
    (V.HAND_OVER, R.ONE_STOP_OFFICER, C.HELD_HERE),
    (V.ASSIGN, R.DIVISION_HEAD, C.IN_UNITS),
    (V.ASSIGN, R.LEADER, C.IN_UNITS),
    (V.APPRAISE, R.SPECIALIST, C.HELD_HERE),
    (V.CONSULT, R.SPECIALIST, C.HELD_HERE),
    (V.GIVE_OPINION, R.SPECIALIST, C.CONSULTED),
    (V.GIVE_OPINION, R.LEADER, C.CONSULTED),
    (V.SEND_BACK, R.SPECIALIST, C.HELD_HERE),
    (V.SEND_BACK, R.DIVISION_HEAD, C.HELD_HERE),
    (V.SEND_BACK, R.LEADER, C.HELD_HERE),
    (V.SEND_BACK, R.CLERK, C.HELD_HERE),
    (V.APPROVE, R.DIVISION_HEAD, C.HELD_HERE),
    (V.APPROVE, R.LEADER, C.HELD_HERE),
    (V.SIGN, R.LEADER, C.HELD_HERE),
    (V.SEAL, R.CLERK, C.HELD_HERE),
    (V.RETURN_RESULT, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
    (V.CERTIFY_COPY, R.CLERK, C.IN_UNITS),
    (V.REVOKE_RESULT, R.LEADER, C.IN_UNITS),
    (V.WITHDRAW, R.APPLICANT, C.OWN),
    (V.WITHDRAW, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
    (V.REAPPOINT, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
    (V.REAPPOINT, R.SPECIALIST, C.HELD_HERE),
    (V.EXTEND, R.LEADER, C.IN_UNITS),
    (V.SUSPEND, R.SPECIALIST, C.HELD_HERE),
    (V.RESUME, R.SPECIALIST, C.HELD_HERE),
    (V.STOP, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
    (V.STOP, R.LEADER, C.HELD_HERE),
    (V.RATE, R.APPLICANT, C.OWN),
    (V.RATE, R.ONE_STOP_OFFICER, C.RECEIVED_HERE),
)


def conditions_for(verb: Verb, principal: Principal) -> tuple[Condition, ...]:
    """Return the conditions under which `principal` may use `verb`: any one of them is enough, none means never.

    Who acts by delegation may read, and use the verbs that the delegation names.
    """
    if verb is not Verb.READ and not principal.may_by_delegation(verb):
        return ()
    return tuple(dict.fromkeys(cond for v, role, cond in TABLE if v is verb and role in principal.roles))


def permits(verb: Verb, principal: Principal, facts: RightsFacts) -> bool:
    """True if the table lets `principal` use `verb` on a dossier with these facts."""
    return any(_holds(cond, principal, facts) for cond in conditions_for(verb, principal))


def may_ever(verb: Verb, principal: Principal) -> bool:
    """True if some dossier could exist on which `principal` may use `verb`: decides what a menu shows."""
    return bool(conditions_for(verb, principal))


def _holds(condition: Condition, principal: Principal, facts: RightsFacts) -> bool:
    match condition:
        case Condition.OWN:
            return facts.applicant_id in principal.applicant_ids
        case Condition.IN_UNITS:
            units = (facts.receiving_unit_id, facts.settling_unit_id, facts.holder_unit_id)
            return any(unit in principal.unit_ids for unit in units)
        case Condition.CONSULTED:
            return not principal.unit_ids.isdisjoint(facts.consulted_unit_ids)
        case Condition.RECEIVED_HERE:
            return principal.unit_id is not None and facts.receiving_unit_id == principal.unit_id
        case Condition.HELD_HERE:
            return (
                facts.holder_unit_id == principal.unit_id
                and facts.step_role in principal.roles
                and facts.assignee_id in (None, principal.posting_id)
            )
