"""One act on several dossiers: each in its own transaction, so that one refusal holds up nobody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.errors import OneStopError

Seen = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dossier: nothing wrong, or the error that left it as it was."""

    code: str
    error: OneStopError | None = None


class Act(Protocol):
    """An operation on one dossier, by its code."""

    def __call__(self, *, code: str, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
        """Do it. Raises `OneStopError` if it is not to be done."""
        ...


def each(
    act: Act, *, codes: Iterable[str], by: Principal, at: datetime, seen: Seen | None = None
) -> tuple[Outcome, ...]:
    """Do `act` to each dossier; a code named twice is done once. `seen`: by code, the last entry the page showed."""
    return tuple(_attempt(act, code, by, at, (seen or {}).get(code)) for code in dict.fromkeys(codes))


def _attempt(act: Act, code: str, by: Principal, at: datetime, seen: int | None) -> Outcome:
    try:
        act(code=code, by=by, at=at, seen=seen)
    except OneStopError as error:
        return Outcome(code, error)
    return Outcome(code)
