"""Pure rules of applicants: kinds, numbers, names, and what a registration or authorisation must hold."""

from onestop.applicants.rules.kinds import ApplicantKind, RepresentationGround, Sex
from onestop.applicants.rules.names import fold, search_key, sort_key
from onestop.applicants.rules.numbers import (
    PersonalNumber,
    find_personal_id_faults,
    find_tax_code_faults,
    normal_number,
    normal_phone,
    read_personal_id,
)
from onestop.applicants.rules.registration import (
    Particulars,
    find_applicant_faults,
    find_identity_conflicts,
    find_representation_faults,
    normalise,
)

__all__ = [
    "ApplicantKind",
    "Particulars",
    "PersonalNumber",
    "RepresentationGround",
    "Sex",
    "find_applicant_faults",
    "find_identity_conflicts",
    "find_personal_id_faults",
    "find_representation_faults",
    "find_tax_code_faults",
    "fold",
    "normal_number",
    "normal_phone",
    "normalise",
    "read_personal_id",
    "search_key",
    "sort_key",
]
