"""What notices need from outside: somebody who puts a message into words, and somebody who carries a letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from onestop.ports import Port


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in words: what stands on it, in which language."""

    subject: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """A letter ready to go. `mark` is the same however often it is sent, so that a mail server knows it again."""

    address: str
    mark: str
    written: Written


class Writer(Protocol):
    """Puts messages into words."""

    def write(self, message_id: int, kind: str, params: Mapping[str, Any], language: str) -> Written:
        """Return the letter of a message: what happened and to which dossier, nothing more of anybody."""
        ...


class Mail(Protocol):
    """Carries letters. `Unavailable` (`mail.down`): try again. `Refused` (`mail.refused`): never to this address."""

    @property
    def is_there(self) -> bool:
        """False if no mail server is configured: then no letters are made at all."""
        ...

    def send(self, letter: Addressed) -> None:
        """Hand one letter to the mail server."""
        ...


writer: Port[Writer] = Port("notices.writer")
mail: Port[Mail] = Port("notices.mail")
