"""The five doors: which of the five steps is done, happening, still to come, or where the dossier was stopped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onestop.accounts.rules import Role
from onestop.dossiers.rules.states import State

NAMES = (_("Receive"), _("Appraise"), _("Approve"), _("Sign and seal"), _("Return the result"))
OPEN, OPENING, CLOSED, BARRED = "open", "opening", "closed", "barred"
KINDS = {"accept": 0, "appraise": 1, "approve": 2, "seal": 3, "return_result": 4}
DOOR_OF_ROLE = {Role.SPECIALIST: 1, Role.DIVISION_HEAD: 2, Role.LEADER: 2, Role.CLERK: 3}
SHUT = frozenset({State.NOT_ACCEPTED, State.STOPPED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Door:
    """One of the five steps: its word, how far it is, and when it was done, if known."""

    name: str
    state: str
    at: datetime | None = None


def make_doors(standing: int, *, is_barred: bool = False, moments: dict[int, datetime] | None = None) -> list[Door]:
    """Return the five doors with the one numbered `standing` (0..4) opening; 5 means all are open."""
    here = BARRED if is_barred else OPENING
    states = [OPEN if number < standing else here if number == standing else CLOSED for number in range(5)]
    return [
        Door(str(name), state, (moments or {}).get(number))
        for number, (name, state) in enumerate(zip(NAMES, states, strict=True))
    ]


def doors_of(dossier: Any, entries: Iterable[Any] = ()) -> list[Door]:
    """Return the doors of a dossier (`state`, `step_role`); with its journal entries, also when each opened."""
    moments: dict[int, datetime] = {}
    for entry in entries:
        if entry.kind in KINDS:
            moments[KINDS[entry.kind]] = entry.at
    return make_doors(_standing(dossier), is_barred=dossier.state in SHUT, moments=moments)


def _standing(dossier: Any) -> int:
    if dossier.state == State.RETURNED:
        return 5
    if dossier.state == State.PROCESSED:
        return 4
    return DOOR_OF_ROLE.get(dossier.step_role, 0)
