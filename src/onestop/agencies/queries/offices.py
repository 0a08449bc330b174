"""Whether somebody may make a signature, by what is on record: post, delegation, units, and the key's certificate."""

from datetime import datetime
from functools import lru_cache

from django.utils.timezone import localdate

from onestop.accounts.rules import Principal
from onestop.agencies.models import Unit
from onestop.agencies.queries.mandates import find_mandate
from onestop.agencies.rules import Branch, UnitKind
from onestop.agencies.rules.offices import OFFICES, Wish, find_signing_refusals
from onestop.errors import Refused
from onestop.trust import ports
from onestop.trust.rules import SignatureRole
from onestop.trust.rules.certificates import find_chain_fault
from onestop.trust.rules.fitting import load
from onestop.validation.rules.policy import Holder, find_certificate_faults


def refuse_without_mandate(
    *, by: Principal, role: SignatureRole, agency: Unit, at: datetime, key: str | None = None
) -> None:
    """Raise `Refused` (`signing.no_mandate`), with every reason, unless `by` may sign in this role for this agency.

    To be called before the signature is made; `key` is the officer's everyday one unless named. Raises `Unavailable`
    if the key cannot be reached.
    """
    reasons = find_refusals(by=by, role=role, agency=agency, at=at, key=key)
    if reasons:
        raise Refused("signing.no_mandate", reasons=reasons, role=role.value, agency=agency.code)


def find_refusals(
    *, by: Principal, role: SignatureRole, agency: Unit, at: datetime, key: str | None = None
) -> tuple[str, ...]:
    """Return every reason why `by` may not make this signature then; empty if it may be made."""
    wish = Wish(role, _branch(agency), at, localdate(at))
    mandate = find_mandate(account_id=by.account_id, posting_id=by.posting_id)
    reasons = find_signing_refusals(wish, mandate)
    office = OFFICES.get(role)
    if office is None:
        return reasons
    if office.by_seal:
        holder = Holder(f"seal:{agency.code}", agency.agency_name())
        return (*reasons, *_certificate_faults(holder.key, holder, at))
    return (*reasons, *_certificate_faults(key or by.key, Holder(f"officer:{by.account_id}", by.name), at))


def _certificate_faults(key: str, holder: Holder, at: datetime) -> tuple[str, ...]:
    anchors = ports.trust_anchors()
    certificate = ports.keys().chain(key)[0]
    return find_certificate_faults(
        load(certificate),
        holder=holder,
        at=at,
        revoked=anchors.revocations(),
        chain_fault=_chain_fault(certificate, anchors.roots(), anchors.intermediates()),
    )


@lru_cache(maxsize=1024)
def _chain_fault(certificate: bytes, roots: tuple[bytes, ...], intermediates: tuple[bytes, ...]) -> str | None:
    return find_chain_fault(load(certificate), [load(der) for der in roots], [load(der) for der in intermediates])


def _branch(unit: Unit) -> Branch:
    return Branch(
        unit.pk,
        unit.code,
        UnitKind(unit.kind),
        unit.parent_id,
        valid_from=unit.valid_from,
        valid_until=unit.valid_until,
    )
