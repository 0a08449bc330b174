"""What a check of a signed file found: codes and facts, put into words by whoever shows them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from onestop.validation.rules.findings import BREAKING, UNUSABLE, Finding
from onestop.validation.rules.indications import Indication, Verdict, indicate, worst
from onestop.validation.rules.kinds import FileKind


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature of a file.

    `signer` and `organisation` come from the certificate; `role` is a `SignatureRole` value if the signature was
    made here, else empty. `signed_at` is what the signer claims, `stamped_at` what a time-stamp authority attests,
    `proved_at` the earliest moment at which the signature is proved to have existed (by any stamp that holds).
    `intact`: the signed bytes are unaltered and the signature fits the certificate. `trusted`: the certificate
    led to an anchor, was in force and not revoked then. `covers_whole`: nothing follows it in the file.
    `numbers` are those that the certificate gives its holder (UID, serial number), as they stand there.
    `level` is the baseline level of ETSI (`B-B`, `B-T`, `B-LT`, `B-LTA`), empty if none was reached.
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
    proved_at: datetime | None = None
    level: str = ""
    authority: str = ""
    stamped_by: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """What ETSI EN 319 102-1 calls it."""
        return indicate(self.findings)

    @property
    def valid(self) -> bool:
        """True if it holds: nothing was found that breaks it, or leaves it open."""
        return self.intact and self.trusted and self.verdict.indication is Indication.TOTAL_PASSED

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of all findings."""
        return tuple(finding.value for finding in self.findings)


@dataclass(frozen=True)
class VerificationReport:
    """What holds of a file: every signature, and what is wrong with the file as a whole."""

    signatures: tuple[SignatureReport, ...]
    findings: tuple[Finding, ...]
    kind: FileKind = FileKind.UNKNOWN

    @property
    def usable(self) -> bool:
        """False if the file could not be read at all."""
        return UNUSABLE.isdisjoint(self.findings)

    @cached_property
    def verdict(self) -> Verdict:
        """The worst verdict of the file and its signatures; of a file that nobody signed, that it is unsigned."""
        return worst([indicate(self.findings), *(signature.verdict for signature in self.signatures)])

    @property
    def valid(self) -> bool:
        """True if there is a signature, all of them hold, and nothing else is wrong."""
        return bool(self.signatures) and BREAKING.isdisjoint(self.findings) and all(s.valid for s in self.signatures)
