"""Registering applicants, tying them to accounts, letting one act for another, and recording who read their data."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from onestop.accounts.models import Account
from onestop.accounts.rules import Principal, Role
from onestop.applicants.models import Applicant, ReadRecord, Representation
from onestop.applicants.queries import representations_at
from onestop.applicants.rules import (
    ApplicantKind,
    Particulars,
    RepresentationGround,
    Sex,
    find_applicant_faults,
    find_identity_conflicts,
    find_representation_faults,
    normalise,
    search_key,
    sort_key,
)
from onestop.errors import Invalid, NotFound, Refused

_CONTACT = ("address", "commune_code", "phone", "email")
_LASTING = frozenset(RepresentationGround) - {RepresentationGround.AUTHORISATION}


@transaction.atomic
def register_applicant(*, particulars: Particulars, by: Principal, at: datetime) -> Applicant:
    """Register a citizen, business or organisation, or return the one known by its number (đăng ký người nộp hồ sơ).

    Known applicants get the contact details that are given and the birth date and sex that were unknown. Raises
    `Invalid` with every fault, also if the number belongs to somebody of another name; `Refused` if the number is
    known and `by` is neither the applicant, nor acts for it, nor is an officer or the system.
    """
    given = normalise(particulars)
    faults = find_applicant_faults(given, on=localdate(at))
    if faults:
        raise Invalid("applicant.invalid", faults=faults)
    known = _lock_known(given)
    if known is not None:
        return _complete(known, given, by)
    values = asdict(given) | {"personal_id": given.personal_id or None, "tax_code": given.tax_code or None}
    try:
        with transaction.atomic():
            return Applicant.objects.create(**values, **_keys(given), registered_at=at, registered_by_id=by.account_id)
    except IntegrityError:  # somebody registered the same number between our look and our write
        found = _lock_known(given)
        if found is None:
            raise
        return _complete(found, given, by)


@transaction.atomic
def link_account(*, applicant_id: int, account_id: int, by: Principal, at: datetime) -> Applicant:  # noqa: ARG001
    """Say that an account is this citizen: after the identity service, or an officer, has seen who it is.

    By the system, an officer of a desk or an administrator. Raises `Refused` if the account is another citizen or
    the citizen has another account; doing it twice changes nothing.
    """
    _refuse_unless_officer(by, Role.ONE_STOP_OFFICER, Role.ADMINISTRATOR)
    applicant = _lock(applicant_id)
    if not Account.objects.filter(pk=account_id, is_active=True).exists():
        raise NotFound("account.not_found", account_id=account_id)
    taken = Applicant.objects.filter(account_id=account_id).exclude(pk=applicant_id).exists()
    if applicant.kind != ApplicantKind.CITIZEN or taken or applicant.account_id not in (None, account_id):
        raise Refused("applicant.account_taken", applicant_id=applicant_id)
    applicant.account_id = account_id
    applicant.save(update_fields=["account"])
    return applicant


@transaction.atomic
def authorise(
    *,
    principal_id: int,
    representative_id: int,
    ground: RepresentationGround,
    valid_from: datetime,
    by: Principal,
    at: datetime,
    valid_until: datetime | None = None,
    document_number: str = "",
) -> Representation:
    """Let one applicant act for another (uỷ quyền, đại diện).

    An authorisation is given by the applicant in person, by its legal representative, or recorded by an officer; the
    other grounds only by an officer or the system, who have seen the papers. Raises `Refused`, `NotFound`, or
    `Invalid` with every fault. Given twice while open, the first is returned.
    """
    rows = Applicant.objects.select_for_update(of=("self",)).order_by("pk").in_bulk([principal_id, representative_id])
    if principal_id not in rows or representative_id not in rows:
        raise NotFound("applicant.not_found", applicant_id=principal_id)
    if ground in _LASTING or not _speaks_for(by, principal_id, at):
        _refuse_unless_officer(by)
    faults = find_representation_faults(
        ground=ground,
        principal=ApplicantKind(rows[principal_id].kind),
        representative=ApplicantKind(rows[representative_id].kind),
        is_same=principal_id == representative_id,
        valid_from=valid_from,
        valid_until=valid_until,
        document_number=document_number,
    )
    if faults:
        raise Invalid("representation.invalid", faults=faults)
    same = Representation.objects.filter(
        principal_id=principal_id, representative_id=representative_id, ground=ground, valid_until=None
    ).first()
    return same or Representation.objects.create(
        principal_id=principal_id,
        representative_id=representative_id,
        ground=ground,
        valid_from=valid_from,
        valid_until=valid_until,
        document_number=document_number.strip(),
        recorded_by_id=by.account_id,
        recorded_at=at,
    )


@transaction.atomic
def end_authorisation(*, representation_id: int, by: Principal, at: datetime) -> Representation:
    """End a representation now; by either side or an officer. Raises `Refused` if it is over already."""
    rows = Representation.objects.select_for_update(of=("self",)).select_related("representative")
    found = rows.filter(pk=representation_id).first()
    if found is None:
        raise NotFound("representation.not_found", representation_id=representation_id)
    is_representative = by.account_id is not None and found.representative.account_id == by.account_id
    if not is_representative and not _speaks_for(by, found.principal_id, at):
        _refuse_unless_officer(by)
    if found.valid_until is not None and found.valid_until <= at:
        raise Refused("representation.over", representation_id=representation_id)
    found.valid_until = max(at, found.valid_from)
    found.save(update_fields=["valid_until"])
    return found


def record_read(*, applicant_ids: Iterable[int], what: str, by: Principal, at: datetime, ground: str = "") -> int:
    """Write down that `by` read data of these applicants, in one statement; reading the own is not recorded.

    `what` says which data (`dossier:<code>`, `list:desk`), `ground` why. Returns how many lines were written.
    Source: Law on Protection of Personal Data 2025 (the person may know who processed the data).
    """
    rows = [
        ReadRecord(
            applicant_id=applicant_id,
            account_id=by.account_id,
            post_code=by.post_code,
            unit_code=by.unit_code,
            what=what[:80],
            ground=ground[:200],
            at=at,
        )
        for applicant_id in sorted(set(applicant_ids) - by.applicant_ids)
    ]
    return len(ReadRecord.objects.bulk_create(rows)) if rows else 0


def _lock(applicant_id: int) -> Applicant:
    found = Applicant.objects.select_for_update(of=("self",)).filter(pk=applicant_id).first()
    if found is None:
        raise NotFound("applicant.not_found", applicant_id=applicant_id)
    return found


def _lock_known(given: Particulars) -> Applicant | None:
    rows = Applicant.objects.select_for_update(of=("self",))
    if given.personal_id:
        return rows.filter(personal_id=given.personal_id).first()
    return rows.filter(tax_code=given.tax_code).first() if given.tax_code else None


def _complete(known: Applicant, given: Particulars, by: Principal) -> Applicant:
    """Add to a known applicant what is new, if it is the same one and `by` may know it."""
    if known.pk not in by.applicant_ids:
        _refuse_unless_officer(by)
    conflicts = find_identity_conflicts(particulars_of(known), given)
    if conflicts:
        raise Invalid("applicant.other_identity", faults=conflicts)
    news = {name: getattr(given, name) for name in _CONTACT if getattr(given, name)}
    if known.birth_date is None and given.birth_date:
        news["birth_date"] = given.birth_date
    if known.sex == Sex.UNSTATED:
        news["sex"] = given.sex.value
    changed = [name for name, value in news.items() if getattr(known, name) != value]
    for name in changed:
        setattr(known, name, news[name])
    if changed:
        known.save(update_fields=changed)
    return known


def particulars_of(row: Applicant) -> Particulars:
    """Return what is on record of an applicant, as the rules take it."""
    return Particulars(
        kind=ApplicantKind(row.kind),
        name=row.name,
        personal_id=row.personal_id or "",
        tax_code=row.tax_code or "",
        birth_date=row.birth_date,
        sex=Sex(row.sex),
        nationality=row.nationality,
        address=row.address,
        commune_code=row.commune_code,
        phone=row.phone,
        email=row.email,
    )


def _keys(given: Particulars) -> dict[str, str]:
    is_person = given.kind is ApplicantKind.CITIZEN
    return {"sort_key": sort_key(given.name, is_person=is_person), "search_key": search_key(given.name)}


def _speaks_for(by: Principal, principal_id: int, at: datetime) -> bool:
    """True if `by` is this applicant, or represents it by law rather than by an authorisation."""
    if by.account_id is None:
        return False
    if Applicant.objects.filter(pk=principal_id, account_id=by.account_id).exists():
        return True
    lawful = representations_at(at).filter(ground__in=[ground.value for ground in _LASTING])
    return lawful.filter(principal_id=principal_id, representative__account_id=by.account_id).exists()


def _refuse_unless_officer(by: Principal, *roles: Role) -> None:
    """Let pass the system itself, and officers (of these roles, if any are named)."""
    is_officer = by.posting_id is not None and (by.has(*roles) if roles else True)
    if by.account_id is not None and not is_officer:
        raise Refused("applicant.not_permitted")
