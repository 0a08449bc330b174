"""Proofs of existence: since when something is proved to have been there.

A time stamp proves that what it covers existed at its moment, as long as the stamp itself can be relied on: until its
certificate ends, or from a revocation on. A newer stamp over the older one carries the proof further, so a chain of
stamps, each made before the one below it ended, keeps a signature for as long as somebody goes on stamping.
Source: ETSI EN 319 102-1, 5.6.2 (past certificate validation, proofs of existence); RFC 3161, section 4.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp, as far as time goes.

    `position` counts what follows what in a file: the stamp of a document covers everything at a lower position.
    `reliable` says that its cryptography and its certificate held at its own moment; `ends` is the end of its
    certificate, `void_from` a revocation after which it counts no more.
    """

    position: int
    time: datetime
    ends: datetime
    reliable: bool = True
    void_from: datetime | None = None

    def proves_at(self, moment: datetime) -> bool:
        """True if it can be relied on by somebody who looks at it at `moment`."""
        revoked = self.void_from is not None and self.void_from <= moment
        return self.reliable and self.time <= moment < self.ends and not revoked


def find_proofs(stamps: Sequence[Stamp], at: datetime) -> tuple[Stamp, ...]:
    """Return those stamps of a document that prove something to somebody who looks at `at`, the newest first."""
    proofs: list[Stamp] = []
    for stamp in sorted(stamps, key=lambda one: -one.position):
        if stamp.proves_at(proved_from(stamp.position, proofs, at)):
            proofs.append(stamp)
    return tuple(proofs)


def proved_from(position: int, proofs: Iterable[Stamp], at: datetime) -> datetime:
    """Return the earliest moment at which what stands at a position is proved to have existed, at the latest `at`."""
    return min((proof.time for proof in proofs if proof.position > position), default=at)


def in_order(stamps: Sequence[Stamp]) -> bool:
    """True if no stamp attests an earlier moment than one that it covers."""
    times = [stamp.time for stamp in sorted(stamps, key=lambda one: one.position)]
    return times == sorted(times)
