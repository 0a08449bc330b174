"""Loading the real province: units, calendar, catalogue, forms, processes; then the cast into its posts."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from onestop.accounts.operations import hash_password, open_account
from onestop.accounts.queries import find_account
from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.agencies.operations import appoint, load_units
from onestop.agencies.queries import find_principal, get_unit, list_officers, list_units
from onestop.agencies.rules import UnitKind
from onestop.applicants import operations as applicants
from onestop.applicants.queries import find_by_personal_id, find_by_tax_code, principal_of
from onestop.applicants.rules import ApplicantKind, Particulars, RepresentationGround, Sex
from onestop.catalogue.operations import load_own_catalogue, publish_version
from onestop.catalogue.queries import get_version_in_force
from onestop.catalogue.rules.kinds import OnlineLevel
from onestop.demo import cast
from onestop.demo.stage import Stage
from onestop.fees.operations.publishing import publish_payable
from onestop.process.operations.data import load_templates
from onestop.trust.operations import issue_key
from onestop.trust.rules.names import KeyKind
from onestop.worktime.operations import publish_calendar
from onestop.worktime.queries import list_calendar_versions, read_packaged_content

BEGIN = datetime(2025, 7, 1, tzinfo=UTC)
TODAY = date(2026, 1, 1)
DECIDED_ON, DECIDED_LATE_ON = date(2025, 12, 25), date(2025, 12, 30)
FULLY_ONLINE = ("1.001193", "1.004873", "2.000635", "1.001612", "3.000333", "1.001699", "2.000205")
PARTLY_ONLINE = ("1.013225",)
PAYABLE_ONLINE = ("2.000635", "2.000205")
Say = Callable[[str], None]


def load_province(*, at: datetime, say: Say) -> dict[str, Any]:
    """Load all reference data; a second time changes nothing. Return what each importer reported."""
    say("units")
    units = load_units(by=SYSTEM, at=at)
    say("calendar")
    if not list_calendar_versions():
        content = read_packaged_content()
        publish_calendar(
            content=content, valid_from=content.covered_from, legal_basis=content.legal_basis, by=SYSTEM, at=at
        )
    say("catalogue")
    catalogue = load_own_catalogue(by=SYSTEM, at=at)
    say("processes")
    templates = load_templates()
    say("keys")
    for unit in list_units(on=TODAY):
        if unit.kind in (UnitKind.COMMUNE, UnitKind.DEPARTMENT, UnitKind.PROVINCE):
            name = unit.agency_name()
            kind = KeyKind.ORGANISATION
            for use in ("seal", "claim"):
                issue_key(key=f"{use}:{unit.code}", common_name=name, organisation=name, kind=kind, at=at)
    portal, kind = "Cổng dịch vụ công tỉnh Quảng Ninh", KeyKind.SYSTEM
    for key in (SYSTEM.key, "system:status"):
        issue_key(key=key, common_name=portal, organisation=cast.PROVINCE, kind=kind, at=at)
    return {"units": units, "catalogue": catalogue, "processes": templates}


def publish_online_levels(*, at: datetime) -> None:
    """Publish simulated decisions of the province on online levels: the real lists are not public.

    The second was signed too late, so that the figures have something to find.
    """
    levels = [
        *((code, OnlineLevel.FULL, DECIDED_ON) for code in FULLY_ONLINE),
        *((code, OnlineLevel.PARTIAL, DECIDED_LATE_ON) for code in PARTLY_ONLINE),
    ]
    for code, level, decided_on in levels:
        if get_version_in_force(code, TODAY).online_level == level:
            continue
        publish_version(
            code=code,
            decision="(mô phỏng) Quyết định của UBND tỉnh về mức độ trực tuyến",
            decided_on=decided_on,
            effective_from=TODAY,
            online_level=level,
            is_eligible=True,
            by=SYSTEM,
            at=at,
        )


def publish_online_payment(*, at: datetime) -> None:
    """Publish a simulated decision on fees that can be paid online."""
    publish_payable(
        procedures=PAYABLE_ONLINE,
        decision="(mô phỏng) Quyết định của UBND tỉnh về thanh toán trực tuyến",
        valid_from=TODAY,
        by=SYSTEM,
        at=at,
    )


def appoint_cast(*, at: datetime) -> None:
    """Open the accounts of the cast, put officers into their posts, register applicants; each with a key of its own."""
    password_hash = hash_password(cast.PASSWORD)
    for role in cast.OFFICERS:
        if find_account(role.username) is None:
            _appoint(role, password_hash, at)
    for person in cast.APPLICANTS:
        _register(person, password_hash, at)


def stage() -> Stage:
    """Return the stage on which the cast plays."""
    return Stage(officer=_officer, applicant=_applicant, applicant_id=_applicant_id, unit_code=_unit_code)


def _appoint(role: cast.OfficerRole, password_hash: str, at: datetime) -> None:
    account = open_account(username=role.username, full_name=role.name, password_hash=password_hash, by=SYSTEM, at=at)
    agency = _unit_code(role.agency)
    unit = get_unit(f"{agency}.{role.part}" if role.part else agency)
    post = next(post for post in unit.posts.order_by("id") if post.role == role.role)
    appoint(account_id=account.pk, post_code=post.code, held_from=BEGIN, by=SYSTEM, at=at)
    organisation = get_unit(agency).agency_name()
    issue_key(
        key=f"officer:{account.pk}", common_name=role.name, organisation=organisation, kind=KeyKind.OFFICER, at=at
    )


def _register(person: cast.ApplicantRole, password_hash: str, at: datetime) -> None:
    applicant = applicants.register_applicant(particulars=_particulars(person), by=SYSTEM, at=at)
    if person.acted_for_by:
        applicants.authorise(
            principal_id=applicant.pk,
            representative_id=_applicant_id(person.acted_for_by),
            ground=RepresentationGround.LEGAL_REPRESENTATIVE,
            valid_from=BEGIN,
            by=SYSTEM,
            at=at,
        )
    elif find_account(person.username) is None:
        account = open_account(
            username=person.username, full_name=person.name, password_hash=password_hash, by=SYSTEM, at=at
        )
        applicants.link_account(applicant_id=applicant.pk, account_id=account.pk, by=SYSTEM, at=at)


def _particulars(person: cast.ApplicantRole) -> Particulars:
    return Particulars(
        kind=ApplicantKind.BUSINESS if person.tax_code else ApplicantKind.CITIZEN,
        name=person.name,
        personal_id=person.personal_id,
        tax_code=person.tax_code,
        birth_date=date.fromisoformat(person.birth_date) if person.birth_date else None,
        sex=Sex(person.sex) if person.birth_date else Sex.UNSTATED,
        address=person.address,
        commune_code=_unit_code(person.commune),
        phone=person.phone,
    )


def _unit_code(name: str) -> str:
    return next(unit.code for unit in list_units(on=TODAY) if unit.name() == name)


def _officer(unit_code: str, role: Role, at: datetime) -> Principal:
    holders = list_officers(frozenset({get_unit(unit_code).pk}), roles=frozenset({role}), at=at)
    found = find_principal(account_id=holders[0].account_id, posting_id=holders[0].pk, at=at)
    if found is None:
        raise LookupError(f"nobody acts as {role} at {unit_code}")
    return found


def _applicant(username: str, at: datetime) -> Principal:
    person = next(person for person in cast.APPLICANTS if person.username == username)
    account = find_account(person.acted_for_by or username)
    found = principal_of(account.pk, at) if account else None
    if found is None:
        raise LookupError(f"no applicant {username}")
    return found


def _applicant_id(username: str) -> int:
    person = next(person for person in cast.APPLICANTS if person.username == username)
    found = find_by_tax_code(person.tax_code) if person.tax_code else find_by_personal_id(person.personal_id)
    if found is None:
        raise LookupError(f"no applicant {username}")
    return int(found.pk)
