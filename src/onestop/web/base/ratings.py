"""The few questions about how a dossier was settled, as every face asks them."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onestop.errors import Fault
from onestop.feedback.rules.ratings import STEPS, Answers, Conduct
from onestop.web.base.texts import clean
from onestop.web.base.wording.errors import faults_by_field
from onestop.web.base.wording.kinds import kind_word

CONTACTS: tuple[tuple[int, Promise], ...] = (
    (0, _("Never")),
    (1, _("Once")),
    (2, _("Twice or more")),
)
AGENCIES: tuple[tuple[int, Promise], ...] = (
    (0, _("None: everything by myself online")),
    (1, _("Only the one-stop desk")),
    (2, _("More than one")),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose: what is sent, the word, whether it is chosen."""

    value: str
    word: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Questions:
    """What the form shows: the choices of each question, the words typed, what is wrong."""

    rating: tuple[Choice, ...]
    contacts: tuple[Choice, ...]
    agencies: tuple[Choice, ...]
    conduct: tuple[Choice, ...]
    comment: str
    errors: dict[str, list[str]]


def read_answers(sent: QueryDict) -> Answers:
    """Return what was answered; what was not is unknown, and a rating that was not chosen is 0."""
    conduct = sent.get("conduct", "")
    return Answers(
        rating=_number(sent.get("rating", "")) or 0,
        contacts=_number(sent.get("contacts", "")),
        agencies=_number(sent.get("agencies", "")),
        conduct=Conduct(conduct) if conduct in set(Conduct) else None,
        comment=clean(sent.get("comment", ""), 2000),
    )


def ask_questions(answers: Answers | None = None, faults: tuple[Fault, ...] = ()) -> Questions:
    """Return the questions, with what was answered already or before."""
    given = answers or Answers(0)
    return Questions(
        rating=_choices([(step, kind_word("rating", step)) for step in STEPS], given.rating),
        contacts=_choices(CONTACTS, given.contacts),
        agencies=_choices(AGENCIES, given.agencies),
        conduct=_choices([(item, kind_word("conduct", item)) for item in Conduct], given.conduct),
        comment=given.comment,
        errors=faults_by_field(faults),
    )


def answers_of(rating: Any) -> Answers:
    """Return what was said in a rating kept before, to be said anew."""
    conduct = Conduct(rating.conduct) if rating.conduct else None
    return Answers(rating.rating, rating.contacts, rating.agencies, conduct, rating.comment)


def _choices(pairs: Any, chosen: object) -> tuple[Choice, ...]:
    return tuple(Choice(str(value), str(word), value == chosen) for value, word in pairs)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None
