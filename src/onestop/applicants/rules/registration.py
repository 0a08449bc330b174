"""What must hold for an applicant to be registered, and for one to act for another."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime

from onestop.applicants.rules.kinds import ApplicantKind, RepresentationGround, Sex
from onestop.applicants.rules.names import fold
from onestop.applicants.rules.numbers import (
    find_personal_id_faults,
    find_tax_code_faults,
    normal_number,
    normal_phone,
)
from onestop.errors import Fault


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an applicant says of itself (thông tin người nộp hồ sơ); empty text is unknown."""

    kind: ApplicantKind
    name: str
    personal_id: str = ""
    tax_code: str = ""
    birth_date: date | None = None
    sex: Sex = Sex.UNSTATED
    nationality: str = "VN"
    address: str = ""
    commune_code: str = ""
    phone: str = ""
    email: str = ""


def normalise(given: Particulars) -> Particulars:
    """Return the particulars in normal form: NFC, single spaces, numbers without separators, telephone as `+84...`.

    A telephone number that cannot be read stays as typed; `find_applicant_faults` names it.
    """
    return replace(
        given,
        name=_text(given.name),
        personal_id=normal_number(given.personal_id),
        tax_code=normal_number(given.tax_code),
        nationality=given.nationality.strip().upper(),
        address=_text(given.address),
        commune_code=given.commune_code.strip(),
        phone=normal_phone(given.phone) or given.phone.strip(),
        email=given.email.strip().lower(),
    )


def find_applicant_faults(given: Particulars, *, on: date) -> tuple[Fault, ...]:
    """Return everything wrong with normalised particulars on the day `on`.

    A citizen needs a personal number (a foreigner may have none yet), a business a tax code.
    """
    return (*_name_faults(given), *_number_faults(given), *_contact_faults(given), *_birth_faults(given, on))


def find_identity_conflicts(known: Particulars, given: Particulars) -> tuple[Fault, ...]:
    """Return where particulars under a known number belong to somebody else; unknown values conflict with nothing.

    Names are compared without accents and case. The faults do not repeat what is known.
    """
    faults = []
    if known.kind is not given.kind:
        faults.append(Fault("kind", "applicant.other_kind"))
    if fold(known.name) != fold(given.name):
        faults.append(Fault("name", "applicant.other_name"))
    if known.birth_date and given.birth_date and known.birth_date != given.birth_date:
        faults.append(Fault("birth_date", "applicant.other_birth_date"))
    if Sex.UNSTATED not in (known.sex, given.sex) and known.sex is not given.sex:
        faults.append(Fault("sex", "applicant.other_sex"))
    return tuple(faults)


def find_representation_faults(
    *,
    ground: RepresentationGround,
    principal: ApplicantKind,
    representative: ApplicantKind,
    is_same: bool,
    valid_from: datetime,
    valid_until: datetime | None,
    document_number: str,
) -> tuple[Fault, ...]:
    """Return everything that hinders one applicant from acting for another.

    Source: Civil Code 2015, Art 136 (parents, guardians), 137 (legal persons), 138 and 140 (authorisation, its
    term); Decree 118/2025/NĐ-CP (an authorised filing records the authorisation).
    """
    faults = []
    if is_same:
        faults.append(Fault("representative", "representation.of_oneself"))
    if valid_until is not None and valid_until <= valid_from:
        faults.append(Fault("valid_until", "representation.ends_before_it_begins"))
    if representative is not ApplicantKind.CITIZEN:
        faults.append(Fault("representative", "representation.by_a_person_only"))
    if ground is RepresentationGround.LEGAL_REPRESENTATIVE and principal is ApplicantKind.CITIZEN:
        faults.append(Fault("ground", "representation.not_a_legal_person"))
    if ground in _FAMILY and principal is not ApplicantKind.CITIZEN:
        faults.append(Fault("ground", "representation.not_a_citizen"))
    if ground is RepresentationGround.AUTHORISATION and not document_number.strip():
        faults.append(Fault("document_number", "representation.no_document"))
    return tuple(faults)


_FAMILY = frozenset({RepresentationGround.PARENT, RepresentationGround.GUARDIAN})


def _text(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", value).split())


def _name_faults(given: Particulars) -> tuple[Fault, ...]:
    if not any(char.isalpha() for char in given.name) or len(given.name) > 200:
        return (Fault("name", "applicant.no_name"),)
    return ()


def _number_faults(given: Particulars) -> tuple[Fault, ...]:
    faults: tuple[Fault, ...] = ()
    is_citizen = given.kind is ApplicantKind.CITIZEN
    if is_citizen and not given.personal_id and given.nationality == "VN":
        faults += (Fault("personal_id", "personal_id.missing"),)
    if given.personal_id and not is_citizen:
        faults += (Fault("personal_id", "personal_id.not_a_citizen"),)
    elif given.personal_id:
        faults += find_personal_id_faults(given.personal_id, birth_date=given.birth_date, sex=given.sex)
    if given.kind is ApplicantKind.BUSINESS and not given.tax_code:
        faults += (Fault("tax_code", "tax_code.missing"),)
    if given.tax_code:
        faults += find_tax_code_faults(given.tax_code)
    return faults


def _contact_faults(given: Particulars) -> tuple[Fault, ...]:
    faults = []
    if given.phone and normal_phone(given.phone) is None:
        faults.append(Fault("phone", "phone.malformed"))
    name, at, host = given.email.partition("@")
    if given.email and not (name and at and "." in host and " " not in given.email):
        faults.append(Fault("email", "email.malformed"))
    if len(given.nationality) != 2 or not given.nationality.isalpha():
        faults.append(Fault("nationality", "nationality.malformed"))
    return tuple(faults)


def _birth_faults(given: Particulars, on: date) -> tuple[Fault, ...]:
    if given.birth_date is None:
        return ()
    if given.birth_date > on:
        return (Fault("birth_date", "birth_date.in_the_future"),)
    return (Fault("birth_date", "birth_date.too_long_ago"),) if on.year - given.birth_date.year > 130 else ()
