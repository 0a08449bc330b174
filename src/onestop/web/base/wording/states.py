"""States of a dossier in words, and the tone in which they are shown."""

from django.utils.translation import gettext_lazy as _

from onestop.dossiers.rules.states import State

STATES = {
    State.SUBMITTED: _("Newly filed"),
    State.ACCEPTED: _("Accepted"),
    State.NOT_ACCEPTED: _("Not accepted"),
    State.IN_PROCESS: _("Being settled"),
    State.WAITING_SUPPLEMENT: _("Waiting for a supplement"),
    State.WAITING_OBLIGATION: _("Waiting for an obligation to be met"),
    State.WITHDRAWN: _("Withdrawn"),
    State.STOPPED: _("Stopped"),
    State.PROCESSED: _("Result ready"),
    State.RETURNED: _("Result returned"),
}
TONES = {
    State.SUBMITTED: "info",
    State.ACCEPTED: "info",
    State.NOT_ACCEPTED: "danger",
    State.IN_PROCESS: "info",
    State.WAITING_SUPPLEMENT: "warning",
    State.WAITING_OBLIGATION: "warning",
    State.WITHDRAWN: "neutral",
    State.STOPPED: "danger",
    State.PROCESSED: "success",
    State.RETURNED: "success",
}


def state_word(state: int) -> str:
    """Return a state in the reader's language."""
    return str(STATES[State(int(state))])


def state_tone(state: int) -> str:
    """Return the colour of a state's tag: info, success, warning, danger or neutral."""
    return TONES[State(int(state))]
