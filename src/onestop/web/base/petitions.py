"""A petition as every face shows it: its state and term in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from onestop.feedback.rules.petitions import OPEN, PetitionState, is_late

TONES = {
    PetitionState.FILED: "info",
    PetitionState.ASSIGNED: "info",
    PetitionState.ASKED: "warning",
    PetitionState.ANSWERED: "success",
    PetitionState.REFUSED: "neutral",
}


@dataclass(frozen=True, slots=True)
class PetitionShown:
    """A petition with what follows from its clock: late or not, why the clock stands."""

    row: Any
    tone: str
    is_open: bool
    is_late: bool
    still: str


def tell_petition(row: Any, at: datetime) -> PetitionShown:
    """Return a petition for the reader as it stands at `at`."""
    state = PetitionState(row.state)
    return PetitionShown(
        row=row,
        tone=TONES[state],
        is_open=state in OPEN,
        is_late=state is not PetitionState.REFUSED
        and is_late(due_at=row.due_at, waits_from=row.waits_from, answered_at=row.answered_at, at=at),
        still=_("Waiting for the petitioner") if state is PetitionState.ASKED else "",
    )
