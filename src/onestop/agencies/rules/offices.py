"""Who may put which signature on a paper of which agency: decided before it is made, with every reason why not.

Sources: Decree 30/2020/NĐ-CP: Art 10 (who drafts and who checks initial), Art 13 (the head and deputies sign; others by
written delegation), Art 25 (the clerk certifies copies), Art 32-33 (the clerk keeps the agency's seal and its key
and puts it on papers of that agency only); Circular 01/2023/TT-VPCP, Art 9 (whoever digitises signs the scan).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from onestop.accounts.rules import Role
from onestop.agencies.rules.mandates import Mandate, find_mandate_faults
from onestop.agencies.rules.tree import Branch
from onestop.trust.rules.names import SignatureRole


@dataclass(frozen=True, slots=True)
class Office:
    """What a signature takes: the posts whose holders make it, what a delegation must name, whose key it is."""

    posts: frozenset[Role]
    verb: str
    by_seal: bool = False
    at_own_agency: bool = True


OFFICES: Mapping[SignatureRole, Office] = {
    SignatureRole.INITIALS: Office(frozenset({Role.SPECIALIST, Role.DIVISION_HEAD}), "approve"),
    SignatureRole.LEADER: Office(frozenset({Role.LEADER}), "approve"),
    SignatureRole.ORGANISATION: Office(frozenset({Role.CLERK}), "seal", by_seal=True),
    SignatureRole.COPY: Office(frozenset({Role.CLERK}), "seal", by_seal=True),
    # a desk scans for every agency whose dossiers it receives
    SignatureRole.SCAN: Office(frozenset({Role.ONE_STOP_OFFICER}), "digitise", at_own_agency=False),
}
"""Slips (`RECEIPT`) are sealed by the system itself, and an officer's own entries by `journal.rules.may_sign`."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A signature wished for: as what, on a paper of which agency, when (`on` is the local day)."""

    role: SignatureRole
    agency: Branch
    at: datetime
    on: date


def find_signing_refusals(wish: Wish, mandate: Mandate | None) -> tuple[str, ...]:
    """Return every reason why this person may not make this signature; empty if it may be made.

    Codes: those of `find_mandate_faults`, `signing.wrong_post`, `signing.other_agency`, `signing.agency_ended`,
    `signing.by_system_only`.
    """
    office = OFFICES.get(wish.role)
    if office is None:
        return ("signing.by_system_only",)
    found = list(find_mandate_faults(mandate, verb=office.verb, at=wish.at, on=wish.on))
    if mandate is not None:
        if mandate.role not in office.posts:
            found.append("signing.wrong_post")
        if office.at_own_agency and mandate.agency.id != wish.agency.id:
            found.append("signing.other_agency")
    if not wish.agency.is_valid_on(wish.on) and "mandate.unit_ended" not in found:
        found.append("signing.agency_ended")
    return tuple(found)
