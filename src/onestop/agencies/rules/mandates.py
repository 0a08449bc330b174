"""Whether a person may act in a post at a moment: the posting, the unit, and, for another's post, the delegation.

Sources: Decree 30/2020/NĐ-CP, Art 13 (signing in another's place needs a written delegation for a term), Law on
Organisation of Local Government 72/2025/QH15, Art 6 (a delegation ends with the post of who gave it).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from onestop.agencies.rules.tree import Branch
from onestop.agencies.rules.units import Period


@dataclass(frozen=True, slots=True)
class DelegatedTerm:
    """A delegation on record: its term, the verbs it names (none: all), and the posting of who received it."""

    term: Period
    verbs: frozenset[str]
    receiver: Period


@dataclass(frozen=True, slots=True)
class Mandate:
    """What is on record about somebody who acts in a post.

    `posting` is the own one, or the delegating officer's: then `delegations` holds every delegation of it to this
    person, past ones too; None means the own post.
    """

    role: str
    unit: Branch
    agency: Branch
    posting: Period
    is_active: bool
    delegations: tuple[DelegatedTerm, ...] | None = None


def find_mandate_faults(mandate: Mandate | None, *, verb: str, at: datetime, on: date) -> tuple[str, ...]:
    """Return every reason why a person may not act then; `on` is the local day of `at`.

    Codes: `mandate.none`, `mandate.account_closed`, `mandate.post_not_begun`, `mandate.post_ended`,
    `mandate.unit_ended`, `mandate.unit_not_yet`, `mandate.delegation_none`, `mandate.delegation_not_begun`,
    `mandate.delegation_expired`, `mandate.delegation_leaves_out`, `mandate.delegator_post_ended`.
    """
    if mandate is None:
        return ("mandate.none",)
    found = [] if mandate.is_active else ["mandate.account_closed"]
    delegated = mandate.delegations is not None
    if at < mandate.posting.start:
        found.append("mandate.post_not_begun")
    elif not mandate.posting.holds(at):
        found.append("mandate.delegator_post_ended" if delegated else "mandate.post_ended")
    found += _unit_faults(mandate, on)
    if mandate.delegations is not None:
        found += _delegation_faults(mandate.delegations, verb, at)
    return tuple(dict.fromkeys(found))


def _unit_faults(mandate: Mandate, on: date) -> Iterator[str]:
    for branch in (mandate.unit, mandate.agency):
        if branch.valid_until is not None and on >= branch.valid_until:
            yield "mandate.unit_ended"  # dissolved, or merged into another
        elif not branch.is_valid_on(on):
            yield "mandate.unit_not_yet"


def _delegation_faults(delegations: tuple[DelegatedTerm, ...], verb: str, at: datetime) -> tuple[str, ...]:
    """Return what is wrong with the delegation that comes nearest; nothing if one of them holds."""
    if not delegations:
        return ("mandate.delegation_none",)
    return min((tuple(_faults_of(one, verb, at)) for one in delegations), key=len)


def _faults_of(delegation: DelegatedTerm, verb: str, at: datetime) -> Iterator[str]:
    if at < delegation.term.start:
        yield "mandate.delegation_not_begun"
    elif not delegation.term.holds(at):
        yield "mandate.delegation_expired"
    if delegation.verbs and verb not in delegation.verbs:
        yield "mandate.delegation_leaves_out"
    if not delegation.receiver.holds(at):
        yield "mandate.post_ended"
