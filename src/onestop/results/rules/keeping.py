"""Until when the archival time stamp of a result may be relied on, and when it must be renewed.

A time stamp ends with the certificate of its authority, or when its algorithms give way, whichever comes first. Dates
of algorithms follow NIST IR 8547 (draft, November 2024): 112 bits of security until 2030, today's signatures until
2035; they are this house's policy, looked at every year.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MARGIN = timedelta(days=180)
"""So long before the end a result is stamped again."""
_STRONG_UNTIL = datetime(2035, 1, 1, tzinfo=UTC)
_WEAK_UNTIL = datetime(2030, 1, 1, tzinfo=UTC)
_STRONG_RSA_BITS = 3072


@dataclass(frozen=True, slots=True)
class Seal:
    """The archival time stamp of a paper: by whose certificate, with which key."""

    valid_until: datetime
    is_rsa: bool
    key_bits: int


def holds_until(seal: Seal) -> datetime:
    """Return until when an archival time stamp may be relied on."""
    weak = seal.is_rsa and seal.key_bits < _STRONG_RSA_BITS
    return min(seal.valid_until, _WEAK_UNTIL if weak else _STRONG_UNTIL)


def renew_at(seal: Seal) -> datetime:
    """Return from when on a result must be stamped again."""
    return holds_until(seal) - MARGIN
