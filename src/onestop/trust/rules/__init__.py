"""What signing and checking mean, without any framework: names, places, certificates, CMS, findings."""

from onestop.trust.rules.certificates import certificate_id, find_fault
from onestop.trust.rules.findings import BREAKING, Finding
from onestop.trust.rules.indications import Indication, SubIndication, Verdict
from onestop.trust.rules.kinds import FileKind
from onestop.trust.rules.names import KeyKind, RevocationReason, SignatureRole, is_key_name
from onestop.trust.rules.order import Level
from onestop.trust.rules.places import DEFAULT_PLACES, Box, FieldWish, Place
from onestop.trust.rules.reports import SignatureReport, VerificationReport

__all__ = [
    "BREAKING",
    "DEFAULT_PLACES",
    "Box",
    "FieldWish",
    "FileKind",
    "Finding",
    "Indication",
    "KeyKind",
    "Level",
    "Place",
    "RevocationReason",
    "SignatureReport",
    "SignatureRole",
    "SubIndication",
    "Verdict",
    "VerificationReport",
    "certificate_id",
    "find_fault",
    "is_key_name",
]
