"""Petitions before officers: what waits, one whole, and each act to it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onestop.accounts.rules import Role
from onestop.agencies.queries import list_posts, list_units
from onestop.agencies.rules import AGENCY_KINDS
from onestop.errors import Fault, Invalid, NotFound
from onestop.feedback.operations.handling import (
    answer_petition,
    ask_petitioner,
    assign_petition,
    extend_petition,
    publish_answer,
    refuse_petition,
    verify_petition,
)
from onestop.feedback.operations.reading import open_petition
from onestop.feedback.queries.petitions import Wanted, deeds_for, list_deeds, list_petitions, list_same
from onestop.feedback.rules.petitions import Outcome, PetitionDeed, Topic
from onestop.web.base.acting import done, seen_of, words_of
from onestop.web.base.names import named
from onestop.web.base.permissions import requires
from onestop.web.base.petitions import tell_petition
from onestop.web.base.requests import ActingRequest
from onestop.web.base.wording import kind_word

READERS = (Role.AUDITOR, Role.LEADER)
VIEWS = {"mo": Wanted(), "qua-han": Wanted(only_late=True), "tat-ca": Wanted(only_open=False)}


@requires(*READERS)
def petitions(request: ActingRequest) -> HttpResponse:
    """Petitions about or for my units, those due first in front. Nobody's name is on the list."""
    asked = request.GET.get("xem", "mo")
    wanted, at = VIEWS.get(asked, VIEWS["mo"]), timezone.now()
    page = list_petitions(by=request.principal, wanted=wanted, at=at, after=request.GET.get("after", ""))
    shown = {"rows": [tell_petition(row, at) for row in page.rows], "next_key": page.next_key, "asked": asked}
    return render(request, "office/petitions.html", shown)


@requires(*READERS)
def petition(request: ActingRequest, code: str) -> HttpResponse:
    """One petition whole, with what I can do now; that it was opened is on record for its owner."""
    at, by = timezone.now(), request.principal
    row = open_petition(code=code, by=by, at=at)
    may = {deed.value for deed in deeds_for(row, by)}
    shown = {
        "petition": row,
        "told": tell_petition(row, at),
        "petitioner": " · ".join(text for text in (row.name, row.phone, row.email) if text),
        "entries": list_deeds(row),
        "may": may,
        **(_for_assigning(row) if PetitionDeed.ASSIGN in may else {}),
        "outcomes": [(item.value, kind_word("petition_outcome", item)) for item in Outcome],
    }
    return render(request, "office/petition.html", shown)


def _for_assigning(row: Any) -> dict[str, Any]:
    """What the form of assignment offers: agencies, topics, the posts of the unit complained of, earlier ones."""
    units = [unit for unit in list_units(on=timezone.localdate()) if unit.kind in AGENCY_KINDS]
    chosen = row.agency_id or row.unit_id
    return {
        "agencies": [(unit.code, named(unit), unit.pk == chosen) for unit in units],
        "topics": [(item.value, kind_word("petition_topic", item), item == row.topic) for item in Topic],
        "posts": [(post.code, named(post)) for post in list_posts(row.unit_id)],
        "same": list_same(row),
    }


@requires(*READERS)
@require_POST
def petition_act(request: ActingRequest, code: str, act: str) -> HttpResponse:
    """Do one thing to a petition and go on."""
    if act not in ACTS:
        raise NotFound("petition.unknown", code=code)
    deed, message = ACTS[act]
    told = {"code": code, "by": request.principal, "at": timezone.now(), "seen": seen_of(request.POST)}
    deed(request.POST, told)
    return done(request, message() % {"code": code}, "office:petition", code=code)


def _assign(sent: Any, told: dict[str, Any]) -> None:
    assign_petition(
        topic=_one_of(Topic, sent.get("topic", ""), "topic"),
        agency=words_of(sent, "agency"),
        complained_post=words_of(sent, "post"),
        repeats=words_of(sent, "repeats"),
        **told,
    )


def _extend(sent: Any, told: dict[str, Any]) -> None:
    days = sent.get("days", "")
    extend_petition(days=int(days) if days.isdigit() and len(days) < 4 else 0, reason=words_of(sent, "words"), **told)


def _verify(sent: Any, told: dict[str, Any]) -> None:
    outcome = _one_of(Outcome, sent.get("outcome", ""), "outcome")
    verify_petition(outcome=outcome, reason=words_of(sent, "words"), **told)


def _one_of(kinds: Any, text: str, field: str) -> Any:
    if text not in set(kinds):
        raise Invalid("petition.unusable", faults=(Fault(field, "field.not_a_choice"),))
    return kinds(text)


ACTS: dict[str, tuple[Callable[[Any, dict[str, Any]], object], Callable[[], str]]] = {
    "giao": (_assign, lambda: _("Assigned: %(code)s")),
    "tu-choi": (lambda sent, told: refuse_petition(reason=words_of(sent, "words"), **told),
                lambda: _("Not taken: %(code)s")),
    "hoi": (lambda sent, told: ask_petitioner(question=words_of(sent, "words"), **told),
            lambda: _("The petitioner has been asked: %(code)s")),
    "gia-han": (_extend, lambda: _("Extended: %(code)s")),
    "tra-loi": (lambda sent, told: answer_petition(answer=words_of(sent, "words"), **told),
                lambda: _("Answered: %(code)s")),
    "cong-khai": (lambda sent, told: publish_answer(**told), lambda: _("The answer is public: %(code)s")),
    "xac-minh": (_verify, lambda: _("Verified: %(code)s")),
}  # fmt: skip
