"""What signing and checking mean, without any framework: names, places, certificates, CMS, findings."""

from onestop.trust.rules.certificates import certificate_id, find_fault
from onestop.trust.rules.names import KeyKind, RevocationReason, SignatureRole, is_key_name
from onestop.trust.rules.places import DEFAULT_PLACES, Box, Place
from onestop.trust.rules.reports import BREAKING, Finding, SignatureReport, VerificationReport

__all__ = [
    "BREAKING",
    "DEFAULT_PLACES",
    "Box",
    "Finding",
    "KeyKind",
    "Place",
    "RevocationReason",
    "SignatureReport",
    "SignatureRole",
    "VerificationReport",
    "certificate_id",
    "find_fault",
    "is_key_name",
]
