"""One act on several dossiers: each in its own transaction, so that one refusal holds up nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.errors import OneStopError
from onestop.process.operations.steps import approve


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dossier: nothing wrong, or the error that left it as it was."""

    code: str
    error: OneStopError | None = None


class Act(Protocol):
    """An operation on one dossier, by its code."""

    def __call__(self, *, code: str, by: Principal, at: datetime) -> Dossier: ...


def each(act: Act, *, codes: Iterable[str], by: Principal, at: datetime) -> tuple[Outcome, ...]:
    """Do `act` to each dossier; a code named twice is done once."""
    return tuple(_attempt(act, code, by, at) for code in dict.fromkeys(codes))


def approve_many(*, codes: Iterable[str], by: Principal, at: datetime) -> tuple[Outcome, ...]:
    """Approve several, as head of division."""
    return each(approve, codes=codes, by=by, at=at)


def _attempt(act: Act, code: str, by: Principal, at: datetime) -> Outcome:
    try:
        act(code=code, by=by, at=at)
    except OneStopError as error:
        return Outcome(code, error)
    return Outcome(code)
