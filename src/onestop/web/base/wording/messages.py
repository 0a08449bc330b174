"""Messages in words: a headline and a sentence for every kind, from the parameters of its entry.

`word_message` serves the inbox, letters and the alerts on the board. Add a row for every new kind, and both
translations.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from onestop.errors import NotFound
from onestop.indicators.queries.definitions import get_definition
from onestop.indicators.queries.units import find_names_of
from onestop.notices.rules.messages import MessageKind
from onestop.web.base.moments import language, moment_word
from onestop.web.base.numbers import number_word
from onestop.web.base.wording.alerts import ALERTS

_DOSSIER = {
    MessageKind.ACCEPTED: (_("Dossier %(code)s was accepted"), _("The result is promised before %(due_at)s.")),
    MessageKind.REFUSED: (_("Dossier %(code)s was refused"), _("Every reason stands in the dossier.")),
    MessageKind.SUPPLEMENT: (
        _("Dossier %(code)s: something more is needed from you"),
        _("Open the dossier to see what is needed and why. Everything is asked for at once."),
    ),
    MessageKind.FEE_STATED: (
        _("Dossier %(code)s: its fee was stated"),
        _("Open the dossier to see how much it is and how to pay."),
    ),
    MessageKind.APOLOGY: (
        _("Dossier %(code)s is late: we apologise"),
        _("The result now comes before %(appointed_at)s. The reason stands on the slip in the dossier."),
    ),
    MessageKind.EXTENDED: (
        _("Dossier %(code)s: the time limit was extended"),
        _("The result is now promised before %(due_at)s."),
    ),
    MessageKind.SUSPENDED: (_("Dossier %(code)s is suspended"), _("The reason stands in the dossier.")),
    MessageKind.RESUMED: (_("Dossier %(code)s goes on"), _("The result is now promised before %(due_at)s.")),
    MessageKind.STOPPED: (_("Dossier %(code)s was stopped"), _("The reason stands in the dossier.")),
    MessageKind.RESULT_READY: (
        _("The result of dossier %(code)s is ready"),
        _("Open the dossier to see how you receive it."),
    ),
    MessageKind.RETURNED: (
        _("The result of dossier %(code)s was returned"),
        _("It stays in the dossier and can be checked at any time."),
    ),
    MessageKind.REVOKED: (
        _("The result of dossier %(code)s was revoked"),
        _("It is no longer valid. The reason stands in the dossier."),
    ),
    MessageKind.PETITION_ANSWERED: (
        _("Your petition %(petition)s was answered"),
        _("Read the answer, and say whether it is enough."),
    ),
    MessageKind.PETITION_UNCLEAR: (
        _("Your petition %(petition)s: a question to you"),
        _("Something has to be made clear before it can be answered."),
    ),
    MessageKind.PETITION_EXTENDED: (
        _("Your petition %(petition)s takes longer"),
        _("It is answered before %(due_at)s."),
    ),
    MessageKind.PETITION_REFUSED: (
        _("Your petition %(petition)s was not taken up"),
        _("The reason stands with it."),
    ),
    MessageKind.ASSIGNED: (_("Dossier %(code)s was assigned to you"), _("It is in your work list.")),
    MessageKind.SUPPLEMENT_CAME: (
        _("Dossier %(code)s: the supplement has come"),
        _("The clock runs again. It is in your work list."),
    ),
    MessageKind.OPINION_ASKED: (
        _("Dossier %(code)s: your unit is asked for its opinion"),
        _("The opinion is wanted before %(due_at)s."),
    ),
}
_PLAN = {
    MessageKind.TASK_GIVEN: (_("A task for you: %(title)s"), _("It is due %(due_at)s.")),
    MessageKind.TASK_ACCEPTED: (_("Accepted: %(title)s"), _("The evidence was enough.")),
    MessageKind.TASK_SENT_BACK: (_("Sent back: %(title)s"), _("Why stands at the task. It is due %(due_at)s.")),
    MessageKind.TASK_SOON: (_("Due soon: %(title)s"), _("It is due %(due_at)s.")),
    MessageKind.TASK_TODAY: (_("Due today: %(title)s"), _("It is due %(due_at)s.")),
    MessageKind.TASK_LATE: (_("Late: %(title)s"), _("It was due %(due_at)s.")),
    MessageKind.TASK_WAITS: (
        _("Waits for your acceptance: %(title)s"),
        _("It was reported done. Look at the evidence, then accept it or send it back."),
    ),
    MessageKind.REVIEW_DUE: (
        _("The review of quarter %(quarter)s of %(year)s waits for your signature"),
        _("%(unit)s: the quarter is over, and its sheet is not signed."),
    ),
    MessageKind.NOBODY_ANSWERS: (
        _("Targets of %(year)s for which nobody answers: %(count)s"),
        _("Nobody holds the post that is to answer for them."),
    ),
}
MESSAGES: Mapping[str, tuple[Any, Any]] = {
    **{kind.value: words for kind, words in (_DOSSIER | _PLAN).items()},
    **ALERTS,
}


@dataclass(frozen=True, slots=True)
class Worded:
    """A message in words."""

    title: str
    text: str


class _Params(dict[str, str]):
    """What fills a sentence; a name that was not given leaves an ellipsis, never an error."""

    def __missing__(self, name: str) -> str:
        return "…"


def name_units(params: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Return the names of all units that these parameters name, in one statement; none if there are none."""
    codes = {str(item["unit"]) for item in params if item.get("unit")}
    return find_names_of(codes) if codes else {}


def word_message(kind: str, params: Mapping[str, Any], units: Mapping[str, dict[str, str]] | None = None) -> Worded:
    """Return a message in the reader's language. `units` are names as `name_units` found them."""
    names = name_units([params]) if units is None else units
    filled = _Params({name: _word(name, value, names) for name, value in params.items()})
    title, text = MESSAGES[kind]
    return Worded(str(title) % filled, str(text) % filled)


def _word(name: str, value: Any, units: Mapping[str, dict[str, str]]) -> str:
    if name.endswith("_at") or name == "since":
        return moment_word(datetime.fromisoformat(value))
    if name.endswith("_percent"):
        return number_word(Decimal(value), 1)
    if name == "unit":
        names = units.get(value, {})
        return names.get(language()) or names.get("vi", str(value))
    return _indicator(value) if name == "indicator" else str(value)


def _indicator(told: Mapping[str, str]) -> str:
    """The name of a figure, by the definition of the day on which it was told."""
    try:
        found = get_definition(told["code"], on=datetime.fromisoformat(told["on"]).date())
    except NotFound:
        return told["code"]
    return found.wording[language()].name
