"""What is answered to somebody who shows a result: it holds, it does not, it was revoked, or it cannot be told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onestop.results.rules.revocations import RevocationCause
from onestop.signatures.rules.claims import Claim
from onestop.validation.rules.reports import VerificationReport


class Verdict(StrEnum):
    """The answer in one word (kết luận xác minh)."""

    HOLDS = "holds"  # có giá trị, đúng như đã cấp
    FAILS = "fails"  # không đúng
    REVOKED = "revoked"  # đã bị thu hồi
    UNKNOWN = "unknown"  # không thể kết luận


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer with what it rests on. `reason` is a code, empty if it holds; the same codes as in the browser."""

    verdict: Verdict
    reason: str = ""
    claim: Claim | None = None
    holder: str = ""
    revoked_at: datetime | None = None
    cause: RevocationCause | None = None
    report: VerificationReport | None = None
