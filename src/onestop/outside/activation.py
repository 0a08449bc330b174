"""Signature activation data (SAD): the holder's one consent to sign certain hashes, once, soon."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic


class NotActivated(Exception):
    """The SAD does not allow it; the message is the one of the interface's table of errors."""


@dataclass(frozen=True)
class Consent:
    """What a SAD stands for."""

    credential: str
    hashes: frozenset[bytes]
    until: float


@dataclass
class Question:
    """A consent asked for on the holder's telephone; `answer` is None while there is none."""

    credential: str
    hashes: frozenset[bytes]
    until: float
    answer: bool | None = None
    sad: str = ""


class Activations:
    """Every consent that may still be used, in the memory of the process only."""

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._consents: dict[str, Consent] = {}
        self._questions: dict[str, Question] = {}

    def grant(self, credential: str, hashes: frozenset[bytes]) -> str:
        """Return a SAD for exactly these hashes."""
        sad = secrets.token_urlsafe(32)
        self._consents[sad] = Consent(credential, hashes, self._clock() + self.seconds)
        return sad

    def spend(self, sad: str, credential: str, hashes: frozenset[bytes]) -> None:
        """Use a SAD up. Raises `NotActivated`; a hash that it is not for does not use it up."""
        consent = self._consents.get(sad)
        if consent is None or consent.credential != credential:
            raise NotActivated("Invalid parameter SAD")
        if self._clock() > consent.until:
            raise NotActivated("SAD expired")
        if not hashes <= consent.hashes:
            raise NotActivated("Hash is not authorized by the SAD")
        del self._consents[sad]

    def ask(self, credential: str, hashes: frozenset[bytes]) -> str:
        """Put a question on the holder's telephone; return its handle."""
        handle = secrets.token_urlsafe(24)
        self._questions[handle] = Question(credential, hashes, self._clock() + self.seconds)
        return handle

    def question(self, handle: str) -> Question | None:
        """Return a question still open or answered, or None; one too old is forgotten."""
        found = self._questions.get(handle)
        if found is not None and self._clock() > found.until:
            del self._questions[handle]
            return None
        return found

    def waiting(self, credential: str) -> list[str]:
        """Return the handles of the questions that the telephone shows."""
        return [
            handle for handle, one in self._questions.items() if one.credential == credential and one.answer is None
        ]

    def answer(self, question: Question, *, yes: bool) -> None:
        """The holder has answered."""
        question.answer = yes
        if yes:
            question.sad = self.grant(question.credential, question.hashes)
