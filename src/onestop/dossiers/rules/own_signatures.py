"""The applicant's own signature on a part handed in: does it hold, and is it the applicant's?

Sources: Law on Electronic Transactions 20/2023/QH15, Art 22-23; Decree 61/2018/NĐ-CP (as amended by 107/2021 and
118/2025): documents of an online filing may be signed by who files. Certificates of Vietnamese authorities carry the
holder's number as UID or serial number (`CCCD:...`, `MST:...`), by no rule that all keep.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

_NUMBER = re.compile(r"(?<!\d)\d{9,13}(?!\d)")
CLOCKS_DIFFER = timedelta(minutes=5)
IN_FUTURE = "signature.in_future"


class Outcome(StrEnum):
    """Whether a signature holds (kết quả kiểm tra)."""

    HOLDS = "holds"
    OPEN = "open"  # neither confirmed nor refuted: e.g. its authority is not known here
    FAILS = "fails"


class Match(StrEnum):
    """Whose signature it is, by the certificate (người ký)."""

    NUMBER = "number"  # the applicant's personal number or tax code
    NAME = "name"  # the applicant's name; the certificate carries no number
    FILER = "filer"  # who filed for the applicant
    OTHER = "other"  # somebody else
    UNKNOWN = "unknown"  # the file cannot be read so far


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose signature it may be: name, and numbers if known."""

    name: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnSignature:
    """What was found when the part came in. `signer` is the certificate's name: kept on the row, not in the journal."""

    outcome: Outcome
    match: Match
    signer: str
    signed_at: datetime | None
    stamped: bool
    reasons: tuple[str, ...]

    def facts(self) -> dict[str, Any]:
        """Return what the journal keeps: a result, and nobody's name."""
        return {
            "outcome": self.outcome.value,
            "match": self.match.value,
            "signed_at": self.signed_at.isoformat() if self.signed_at else "",
            "stamped": self.stamped,
            "reasons": list(self.reasons),
        }

    def kept(self) -> dict[str, Any]:
        """Return what the part's row keeps: the same, and the name in the certificate."""
        return {**self.facts(), "signer": self.signer}


def match_signer(signer: Person, *, applicant: Person, filer: Person) -> Match:
    """Return whose signature it is. A number decides where both sides have one of its kind: namesakes are many."""
    for person, match in ((applicant, Match.NUMBER), (filer, Match.FILER)):
        if not set(_numbers(signer.numbers)).isdisjoint(person.numbers):
            return match
    comparable = {len(number) for number in _numbers(signer.numbers)}
    for person, match in ((applicant, Match.NAME), (filer, Match.FILER)):
        known = {len(number) for number in person.numbers}
        if _plain(signer.name) and _plain(signer.name) == _plain(person.name) and comparable.isdisjoint(known):
            return match
    return Match.OTHER


def is_in_future(signed_at: datetime | None, at: datetime) -> bool:
    """True if a signature claims a time after it came in, more than clocks differ."""
    return signed_at is not None and signed_at > at + CLOCKS_DIFFER


def looks_signed(data: bytes, media_type: str) -> bool:
    """True if a file may carry a signature: a quick look that spares the check of all others."""
    if media_type == "application/pdf":
        return b"/ByteRange" in data
    if media_type == "application/xml":
        return b"http://www.w3.org/2000/09/xmldsig#" in data
    return media_type == "application/pkcs7-signature"


def nearest(found: Sequence[OwnSignature]) -> OwnSignature:
    """Return, of several signatures on a part, the one to show: the applicant's before others', good before bad."""
    return min(found, key=lambda one: (list(Match).index(one.match), list(Outcome).index(one.outcome)))


def _numbers(texts: Sequence[str]) -> list[str]:
    return [number for text in texts for number in _NUMBER.findall(text)]


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
