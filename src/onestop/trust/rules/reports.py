"""What a check of a signed file found: codes and facts, put into words by whoever shows them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Finding(StrEnum):
    """One thing found while checking. Those in `BREAKING` make the file not valid; the rest inform."""

    NOT_A_PDF = "not_a_pdf"
    BROKEN_FILE = "broken_file"
    NO_SIGNATURE = "no_signature"
    SIGNATURE_BROKEN = "signature.broken"  # the signature itself cannot be read
    ALTERED = "signature.altered"  # the bytes it covers are not those that were signed
    INVALID = "signature.invalid"  # the signature was not made with the key of the certificate
    WEAK = "signature.weak_algorithm"
    CHANGED_AFTER = "signature.changed_after"  # changes after signing that are not allowed
    NOT_COVERED = "signature.not_covered"  # does not cover the whole of its own revision
    UNTRUSTED = "certificate.untrusted"
    NOT_YET_VALID = "certificate.not_yet_valid"
    EXPIRED = "certificate.expired"
    REVOKED = "certificate.revoked"
    REVOCATION_UNKNOWN = "certificate.revocation_unknown"
    STAMP_INVALID = "stamp.invalid"
    STAMP_UNTRUSTED = "stamp.untrusted"
    NO_STAMP = "stamp.missing"  # only the signer's own word for the time
    TIMES_DIFFER = "stamp.differs"  # the claimed time is far from the stamped one
    FOLLOWED = "signature.followed"  # followed by allowed changes: a later signature


BREAKING = frozenset(Finding) - {
    Finding.NO_STAMP,
    Finding.TIMES_DIFFER,
    Finding.FOLLOWED,
    Finding.REVOCATION_UNKNOWN,  # the checker has no list of that issuer: nothing is known for or against
}
"""Findings that make a signature, and with it the file, not valid."""


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature of a file.

    `signer` and `organisation` come from the certificate; `role` is a `SignatureRole` value if the signature was
    made here, else empty. `signed_at` is what the signer claims, `stamped_at` what a time-stamp authority attests.
    `intact`: the signed bytes are unaltered and the signature fits the certificate. `trusted`: the certificate
    led to an anchor, was in force and not revoked then. `covers_whole`: nothing follows it in the file.
    """

    signer: str
    organisation: str
    role: str
    signed_at: datetime | None
    stamped_at: datetime | None
    intact: bool
    trusted: bool
    covers_whole: bool
    serial: str
    reason: str
    findings: tuple[Finding, ...]

    @property
    def valid(self) -> bool:
        """True if nothing was found that breaks it."""
        return self.intact and self.trusted and BREAKING.isdisjoint(self.findings)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of all findings."""
        return tuple(finding.value for finding in self.findings)


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """What holds of a file: every signature, and what is wrong with the file as a whole."""

    signatures: tuple[SignatureReport, ...]
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """False if the file could not be read at all."""
        return Finding.NOT_A_PDF not in self.findings

    @property
    def valid(self) -> bool:
        """True if there is a signature, all of them hold, and nothing else is wrong."""
        return bool(self.signatures) and not self.findings and all(s.valid for s in self.signatures)
