"""From findings to the words of the standard: main indication and sub-indication.

Source: ETSI EN 319 102-1, 5.1.3, tables 5 and 6. The standard stops at the first failure of its building blocks;
here all is looked at, so the most serious finding speaks: what failed before what is open, and among equals the one
that stands first in the table below. Where we are stricter than the standard, the row says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from onestop.validation.rules.findings import Finding


class Indication(StrEnum):
    """The three main indications, the worst last."""

    TOTAL_PASSED = "TOTAL-PASSED"
    INDETERMINATE = "INDETERMINATE"
    TOTAL_FAILED = "TOTAL-FAILED"


class SubIndication(StrEnum):
    """Why a signature failed, or why it cannot be decided."""

    FORMAT_FAILURE = "FORMAT_FAILURE"
    HASH_FAILURE = "HASH_FAILURE"
    SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"
    SIG_CONSTRAINTS_FAILURE = "SIG_CONSTRAINTS_FAILURE"
    CHAIN_CONSTRAINTS_FAILURE = "CHAIN_CONSTRAINTS_FAILURE"
    CRYPTO_CONSTRAINTS_FAILURE = "CRYPTO_CONSTRAINTS_FAILURE"
    TIMESTAMP_ORDER_FAILURE = "TIMESTAMP_ORDER_FAILURE"
    NO_SIGNING_CERTIFICATE_FOUND = "NO_SIGNING_CERTIFICATE_FOUND"
    NO_CERTIFICATE_CHAIN_FOUND = "NO_CERTIFICATE_CHAIN_FOUND"
    REVOKED_NO_POE = "REVOKED_NO_POE"
    REVOKED_CA_NO_POE = "REVOKED_CA_NO_POE"
    OUT_OF_BOUNDS_NO_POE = "OUT_OF_BOUNDS_NO_POE"
    NO_POE = "NO_POE"
    TRY_LATER = "TRY_LATER"
    SIGNED_DATA_NOT_FOUND = "SIGNED_DATA_NOT_FOUND"
    GENERIC = "GENERIC"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A main indication and, unless it passed, why."""

    indication: Indication
    sub: SubIndication | None = None


PASSED = Verdict(Indication.TOTAL_PASSED)
_FAILED, _OPEN = Indication.TOTAL_FAILED, Indication.INDETERMINATE
_S = SubIndication
VERDICTS: dict[Finding, Verdict] = {
    # the file cannot be taken for what it claims to be
    Finding.NOT_A_PDF: Verdict(_FAILED, _S.FORMAT_FAILURE),
    Finding.UNKNOWN_KIND: Verdict(_FAILED, _S.FORMAT_FAILURE),
    Finding.BROKEN_FILE: Verdict(_FAILED, _S.FORMAT_FAILURE),
    Finding.FORBIDDEN_CONTENT: Verdict(_FAILED, _S.FORMAT_FAILURE),
    Finding.SIGNATURE_BROKEN: Verdict(_FAILED, _S.FORMAT_FAILURE),
    # other bytes than those signed, or other bytes shown than those signed
    Finding.ALTERED: Verdict(_FAILED, _S.HASH_FAILURE),
    Finding.CONTENT_DIFFERS: Verdict(_FAILED, _S.HASH_FAILURE),
    Finding.INVALID: Verdict(_FAILED, _S.SIG_CRYPTO_FAILURE),
    Finding.NOT_COVERED: Verdict(_FAILED, _S.FORMAT_FAILURE),
    Finding.CHANGED_AFTER: Verdict(_FAILED, _S.FORMAT_FAILURE),  # the standard leaves it to policy; ours fails it
    Finding.NOT_LISTED: Verdict(_FAILED, _S.FORMAT_FAILURE),
    # proved to be signed when nobody could sign with it
    Finding.REVOKED: Verdict(_FAILED, _S.REVOKED),
    Finding.STAMPED_TOO_EARLY: Verdict(_FAILED, _S.NOT_YET_VALID),
    # open, in the order of the building blocks
    Finding.NO_SIGNATURE: Verdict(_OPEN, _S.SIGNED_DATA_NOT_FOUND),
    Finding.TOO_LARGE: Verdict(_OPEN, _S.GENERIC),
    Finding.TOO_COSTLY: Verdict(_OPEN, _S.GENERIC),
    Finding.LOCKED: Verdict(_OPEN, _S.SIGNED_DATA_NOT_FOUND),
    Finding.UNSUPPORTED: Verdict(_OPEN, _S.GENERIC),
    Finding.NO_CERTIFICATE: Verdict(_OPEN, _S.NO_SIGNING_CERTIFICATE_FOUND),
    Finding.OTHER_CERTIFICATE: Verdict(_OPEN, _S.NO_SIGNING_CERTIFICATE_FOUND),
    Finding.CONTENT_MISSING: Verdict(_OPEN, _S.SIGNED_DATA_NOT_FOUND),
    Finding.UNTRUSTED: Verdict(_OPEN, _S.NO_CERTIFICATE_CHAIN_FOUND),
    Finding.WITHDRAWN: Verdict(_OPEN, _S.NO_CERTIFICATE_CHAIN_FOUND),
    Finding.CHAIN_BROKEN: Verdict(_OPEN, _S.CHAIN_CONSTRAINTS_FAILURE),
    Finding.WRONG_USAGE: Verdict(_OPEN, _S.CHAIN_CONSTRAINTS_FAILURE),
    Finding.WEAK: Verdict(_OPEN, _S.CRYPTO_CONSTRAINTS_FAILURE),
    Finding.WEAK_CERTIFICATE: Verdict(_OPEN, _S.CRYPTO_CONSTRAINTS_FAILURE),
    Finding.UNBOUND: Verdict(_OPEN, _S.SIG_CONSTRAINTS_FAILURE),
    Finding.NOT_YET_VALID: Verdict(_OPEN, _S.NOT_YET_VALID),
    Finding.EXPIRED: Verdict(_OPEN, _S.EXPIRED),
    Finding.REVOKED_UNPROVEN: Verdict(_OPEN, _S.REVOKED_NO_POE),
    Finding.AUTHORITY_REVOKED: Verdict(_OPEN, _S.REVOKED_CA_NO_POE),
    Finding.STAMPS_OUT_OF_ORDER: Verdict(_OPEN, _S.TIMESTAMP_ORDER_FAILURE),
    # the standard would pass over a stamp that does not hold; a stamp is there to be relied on, so we do not
    Finding.STAMP_INVALID: Verdict(_OPEN, _S.SIG_CONSTRAINTS_FAILURE),
    Finding.STAMP_WRONG_USAGE: Verdict(_OPEN, _S.SIG_CONSTRAINTS_FAILURE),
    Finding.STAMP_UNTRUSTED: Verdict(_OPEN, _S.NO_POE),
    Finding.STAMP_REVOKED: Verdict(_OPEN, _S.NO_POE),
    Finding.EXPIRED_UNPROVEN: Verdict(_OPEN, _S.OUT_OF_BOUNDS_NO_POE),
    Finding.AUTHORITY_EXPIRED: Verdict(_OPEN, _S.OUT_OF_BOUNDS_NO_POE),
    Finding.STRAY: Verdict(_OPEN, _S.GENERIC),  # harmless to the standard; we want every byte explained
    Finding.LIST_EXPIRED: Verdict(_OPEN, _S.TRY_LATER),
    Finding.REVOCATION_UNKNOWN: Verdict(_OPEN, _S.TRY_LATER),
}
_ORDER = {verdict: place for place, verdict in reversed(list(enumerate(VERDICTS.values())))}
_WEIGHT = {indication: weight for weight, indication in enumerate(Indication)}


def indicate(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict that all findings together give; those that only inform change nothing."""
    return worst(VERDICTS[finding] for finding in findings if finding in VERDICTS)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the most serious of several verdicts, or that it passed if there is none."""
    return max(verdicts, key=_seriousness, default=PASSED)


def _seriousness(verdict: Verdict) -> tuple[int, int]:
    return _WEIGHT[verdict.indication], -_ORDER.get(verdict, 0)
