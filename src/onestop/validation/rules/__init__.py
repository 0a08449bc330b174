"""What checking a signature means, without any framework: kinds of files, findings, evidence, indications."""

from onestop.validation.rules.findings import BREAKING, Finding
from onestop.validation.rules.indications import Indication, SubIndication, Verdict
from onestop.validation.rules.kinds import FileKind
from onestop.validation.rules.reports import SignatureReport, VerificationReport

__all__ = [
    "BREAKING",
    "FileKind",
    "Finding",
    "Indication",
    "SignatureReport",
    "SubIndication",
    "Verdict",
    "VerificationReport",
]
