"""Error codes, reasons and faults in words: what is wrong, and how to put it right. Never blames.

A face asks `word_error(error)`, `word_reasons(refused)`, `word_faults(invalid)`; a code without a sentence gets a
general one that names it, so that somebody asked for help can look it up.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from onestop.dossiers.rules.states import State, Verb
from onestop.errors import Fault, Invalid, OneStopError, Refused
from onestop.web.base.moments import day_word, moment_word
from onestop.web.base.wording.faults import FAULTS
from onestop.web.base.wording.feedback import FEEDBACK
from onestop.web.base.wording.figures import FIGURES
from onestop.web.base.wording.money import MONEY
from onestop.web.base.wording.monitoring import MONITORING
from onestop.web.base.wording.plans import PLANS
from onestop.web.base.wording.refusals import REFUSALS
from onestop.web.base.wording.signatures import SIGNATURES
from onestop.web.base.wording.states import state_word
from onestop.web.base.wording.troubles import TROUBLES
from onestop.web.base.wording.verbs import verb_word

ERRORS = {**REFUSALS, **FAULTS, **FEEDBACK, **FIGURES, **MONEY, **MONITORING, **PLANS, **SIGNATURES, **TROUBLES}


class _Params(dict[str, str]):
    """What fills a sentence; a name that was not given leaves an ellipsis, never an error."""

    def __missing__(self, name: str) -> str:
        return "…"


def word_code(code: str, params: dict[str, Any] | None = None) -> str:
    """Return the sentence for a code."""
    if code not in ERRORS:
        return gettext("This cannot be done (%(code)s).") % {"code": code}
    return str(ERRORS[code]) % _Params({name: _word(name, value) for name, value in (params or {}).items()})


def word_error(error: OneStopError) -> str:
    """Return the sentence of an error, without its reasons or faults."""
    return word_code(error.code, error.params)


def word_reasons(error: Refused) -> list[str]:
    """Return every reason of a refusal that says more than the error itself."""
    return [word_code(reason, error.params) for reason in error.reasons if reason != error.code]


def word_fault(fault: Fault) -> str:
    """Return the sentence for one fault, without the name of its field."""
    return word_code(fault.code, fault.params)


def word_faults(error: Invalid) -> list[str]:
    """Return the sentence for every fault."""
    return [word_fault(fault) for fault in error.faults]


def faults_by_field(faults: Iterable[Fault]) -> dict[str, list[str]]:
    """Return the sentences for faults by field, for forms that are not Django's."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        found.setdefault(fault.field, []).append(word_fault(fault))
    return found


def _word(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return moment_word(value)
    if isinstance(value, date):
        return day_word(value)
    if name == "state" and value in set(State):
        return state_word(value)
    if name == "verb" and value in set(Verb):
        return verb_word(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple | list | set | frozenset) else str(value)
