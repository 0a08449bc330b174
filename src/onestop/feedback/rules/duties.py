"""Who may do what to a petition: one table, deed × role × condition; `queries.petitions.scope` compiles it to SQL.

Decree 61/2018/NĐ-CP Art 30-31 and Decision 766/QĐ-TTg group 5: procedure control takes petitions in, classifies and
assigns them, and finds out whether they are true; the agency they are assigned to answers. Whoever is complained of
never sees the petition, whatever post they act in.
"""

from dataclasses import dataclass
from enum import StrEnum

from onestop.accounts.rules import Principal, Role
from onestop.feedback.rules.petitions import PetitionDeed


class Condition(StrEnum):
    """When a role may do it."""

    OWN = "own"  # the petitioner
    IN_UNITS = "in_units"  # about, or assigned to, my unit or one below it
    ASSIGNED = "assigned"  # assigned to my agency


@dataclass(frozen=True, slots=True)
class PetitionRights:
    """What of a petition decides about rights. `complained_accounts` are those who hold the post complained of."""

    account_id: int | None
    unit_id: int
    agency_id: int | None
    complained_accounts: frozenset[int] = frozenset()


R, C, D = Role, Condition, PetitionDeed
TABLE: tuple[tuple[PetitionDeed, Role, Condition], ...] = (
    (D.READ, R.APPLICANT, C.OWN),
    (D.CLARIFY, R.APPLICANT, C.OWN),
    (D.RATE, R.APPLICANT, C.OWN),
    *((deed, R.AUDITOR, C.IN_UNITS) for deed in (D.READ, D.ASSIGN, D.REFUSE, D.ASK, D.VERIFY, D.PUBLISH)),
    *((deed, R.LEADER, C.ASSIGNED) for deed in (D.READ, D.ASK, D.EXTEND, D.ANSWER)),
)


def conditions_for(deed: PetitionDeed, by: Principal) -> tuple[Condition, ...]:
    """Return the conditions under which `by` may do it: any one is enough, none means never. Never by delegation,
    but for reading: a petition is answered in person.
    """
    if deed is not D.READ and by.on_behalf_of:
        return ()
    return tuple(dict.fromkeys(cond for d, role, cond in TABLE if d is deed and role in by.roles))


def permits(deed: PetitionDeed, by: Principal, facts: PetitionRights) -> bool:
    """True if the table lets `by` do it to a petition with these facts."""
    if by.account_id in facts.complained_accounts and by.account_id != facts.account_id:
        return False
    return any(_holds(condition, by, facts) for condition in conditions_for(deed, by))


def may_ever(deed: PetitionDeed, by: Principal) -> bool:
    """True if some petition could exist to which `by` may do it."""
    return bool(conditions_for(deed, by))


def _holds(condition: Condition, by: Principal, facts: PetitionRights) -> bool:
    match condition:
        case C.OWN:
            return by.account_id is not None and by.account_id == facts.account_id
        case C.IN_UNITS:
            return facts.unit_id in by.unit_ids or (facts.agency_id is not None and facts.agency_id in by.unit_ids)
        case C.ASSIGNED:
            return facts.agency_id is not None and facts.agency_id in by.unit_ids
