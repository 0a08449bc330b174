"""Lists and one dossier, as the desk sees them."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_content, get_form_for
from onestop.dossiers.operations.reading import open_dossier, record_list
from onestop.dossiers.queries.dossiers import (
    count_work,
    list_dossiers,
    list_parts,
    list_supplement_requests,
    list_work,
)
from onestop.dossiers.queries.facts import verbs_for
from onestop.dossiers.rules.filing import Given
from onestop.dossiers.rules.states import State, Verb
from onestop.feedback.queries.ratings import may_rate
from onestop.fees.rules.ledger import Way
from onestop.intake.operations.reception import find_dossier_gaps
from onestop.journal.queries import list_entries
from onestop.results.queries import find_result
from onestop.web.base.dossiers import gap_subject, name_items, name_parts, stand_word, tell_story
from onestop.web.base.eforms import tell
from onestop.web.base.money import Money, tell_money
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.base.wording.kinds import kind_word
from onestop.web.desk.words import way_words


@requires(Verb.ACCEPT)
def work(request: ActingRequest) -> HttpResponse:
    """What waits at this desk: to be accepted, handed over, returned."""
    page = list_work(by=request.principal, after=request.GET.get("after", ""))
    record_list(rows=page.rows, by=request.principal, what="desk:work", at=timezone.now())
    shown = {"page_of": page, "count": count_work(by=request.principal), "now": timezone.now()}
    return render(request, "desk/work.html", shown)


@requires(Verb.ACCEPT)
def register(request: ActingRequest) -> HttpResponse:
    """The register: every dossier of this desk, newest first (form 07)."""
    wanted, code = request.GET.get("state", ""), request.GET.get("q", "").strip().upper()
    states = [State(int(wanted))] if wanted.isdigit() and int(wanted) in set(State) else []
    page = list_dossiers(
        by=request.principal, states=states, codes=[code] if code else [], after=request.GET.get("after", "")
    )
    record_list(rows=page.rows, by=request.principal, what="desk:register", at=timezone.now())
    return render(request, "desk/register.html", {"page_of": page, "states": State, "wanted": wanted, "code": code})


@requires(Verb.ACCEPT)
def dossier(request: ActingRequest, code: str) -> HttpResponse:
    """One dossier whole, with what is lacking and what can be done now."""
    at, by = timezone.now(), request.principal
    row = open_dossier(code=code, by=by, at=at)
    told = _told(row)
    to_do = _to_do(row, by, at, told["money"])
    shown = {**told, **to_do, "dossier": row, "still": stand_word(row), "now": at}
    return render(request, "desk/dossier.html", shown)


def _told(row: Any) -> dict[str, Any]:
    """What was filed and what happened."""
    content, entries = get_content(row.version_id), list_entries(row.pk)
    return {
        "content": content,
        "told": tell(get_form_for(row.procedure.code), row.answers),
        "parts": name_parts(list_parts(row), content),
        "entries_plain": entries,
        "entries": tell_story(entries, content),
        "result": find_result(row),
        "money": tell_money(entries, row),
    }


def _to_do(row: Any, by: Principal, at: datetime, money: Money) -> dict[str, Any]:
    """What this officer can do now, and what the forms for it need."""
    content, parts = get_content(row.version_id), list_parts(row)
    scanned = {part.document for part in parts if part.sha256}
    paper = {part.document for part in parts if part.given == Given.PAPER} - scanned
    gaps = find_dossier_gaps(row) if row.state == State.SUBMITTED else ()
    return {
        "may": {verb.value for verb in verbs_for(row, by) if verb not in (Verb.READ, Verb.RATE)} - money.idle_verbs,
        "may_rate": may_rate(row, by=by, at=at),
        "gaps": [{"subject": gap_subject(gap, content), "word": kind_word("gap", gap.kind)} for gap in gaps],
        "to_scan": [document for document in content.components if document.code in paper],
        "asked": name_items(list_supplement_requests(row), content),
        "money_ways": [(way.value, kind_word("way", way)) for way in (Way.CASH, Way.TRANSFER)],
        "ways": [(int(value), word) for value, word in way_words()],
    }
