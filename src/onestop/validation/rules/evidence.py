"""What the bytes of a signed file prove by themselves, before anybody is believed: the same for every kind of file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from onestop.validation.rules.findings import Finding
from onestop.validation.rules.revocation import NOTHING_SAID, Statements


@dataclass(frozen=True, slots=True)
class Token:
    """A time-stamp token: its moment, its authority's certificate, and what is wrong with it."""

    time: datetime
    certificate: bytes
    enclosed: tuple[bytes, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Signed:
    """One signature as it was found; `position` counts what follows what in the file.

    `whole`: nothing follows it; `archived`: what follows is archival data alone.
    """

    position: int = 0
    certificate: bytes = b""
    enclosed: tuple[bytes, ...] = ()
    revocation: Statements = NOTHING_SAID
    claimed: datetime | None = None
    tokens: tuple[Token, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    intact: bool = False
    whole: bool = False
    archived: bool = False
    role: str = ""
    reason: str = ""

    def add(self, *findings: Finding) -> None:
        """Note findings, each once."""
        self.findings += [finding for finding in dict.fromkeys(findings) if finding not in self.findings]


@dataclass(frozen=True, slots=True)
class DocumentStamp:
    """A time stamp over the whole file as it was then."""

    position: int
    token: Token


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a file proves by itself."""

    signed: tuple[Signed, ...] = ()
    stamps: tuple[DocumentStamp, ...] = ()
    findings: tuple[Finding, ...] = ()
    enclosed: tuple[bytes, ...] = ()
    revocation: Statements = NOTHING_SAID

    @property
    def pool(self) -> tuple[bytes, ...]:
        """Every certificate in the file: each links to an authority or it does not, wherever it lay."""
        lots: Iterable[tuple[bytes, ...]] = (
            self.enclosed,
            *(one.enclosed for one in self.signed),
            *(token.enclosed for one in self.signed for token in one.tokens),
            *(stamp.token.enclosed for stamp in self.stamps),
        )
        return tuple(dict.fromkeys(der for lot in lots for der in lot))

    @property
    def statements(self) -> Statements:
        """Every revocation list and answer in the file."""
        lots = (self.revocation, *(one.revocation for one in self.signed))
        return Statements(
            tuple(dict.fromkeys(der for lot in lots for der in lot.crls)),
            tuple(dict.fromkeys(der for lot in lots for der in lot.answers)),
        )
