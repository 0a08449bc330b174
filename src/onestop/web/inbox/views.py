"""What I was told: the list, one message, opening it. Everybody sees their own and nobody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onestop.accounts.rules import Principal, Role
from onestop.dossiers.queries.dossiers import list_dossiers
from onestop.notices.operations import mark_all_read, mark_read
from onestop.notices.queries.messages import get_message, list_messages
from onestop.notices.rules.messages import topic_of
from onestop.web.base.permissions import requires
from onestop.web.base.requests import Request
from onestop.web.base.things import address_of
from onestop.web.base.wording.messages import Worded, name_units, word_message


@dataclass(frozen=True, slots=True)
class Shown:
    """A message with its words, its topic, whether it leads anywhere, and the procedure of its dossier."""

    message: Any
    words: Worded
    title: str
    topic: str
    leads: bool
    procedure: Any


@requires()
@require_GET
def messages(request: Request) -> HttpResponse:
    """My messages, the newest first."""
    page = list_messages(account_of(request), after=request.GET.get("after", ""))
    shown = _show(page.rows, request.principal)
    context = {
        "shown": shown,
        "next_key": page.next_key,
        "is_first": "after" not in request.GET,
        "newest": shown[0].message.pk if shown else 0,
        "any_unread": any(item.message.read_at is None for item in shown),
    }
    return render(request, "inbox/messages.html", {**context, **frame(request)})


@requires()
@require_GET
def message(request: Request, message_id: int) -> HttpResponse:
    """One message: where a letter leads."""
    (shown,) = _show([get_message(message_id, account_id=account_of(request))], request.principal)
    return render(request, "inbox/message.html", {"item": shown, **frame(request)})


@requires()
@require_POST
def open_message(request: Request, message_id: int) -> HttpResponse:
    """Mark it as read and go to what it is about; that page asks for the reader's rights itself."""
    found = mark_read(message_id=message_id, account_id=account_of(request), at=timezone.now())
    return redirect(address_of(found.kind, found.params) or "inbox:messages")


@requires()
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark as read what the page showed and all before it; what came since stays unread."""
    newest = request.POST.get("newest", "")
    count = mark_all_read(
        account_id=account_of(request), up_to=int(newest) if newest.isdigit() else 0, at=timezone.now()
    )
    if count:
        told.success(request, _("All messages are marked as read."))
    return redirect("inbox:messages")


def account_of(request: HttpRequest) -> int:
    """Return the account of who is logged in, in whatever post they act."""
    return int(request.user.pk or 0)  # behind `requires`, somebody is logged in


def frame(request: Request) -> dict[str, str]:
    """Return what every page of the inbox needs: the frame of citizens or of officers."""
    return {"frame": "base/office_page.html" if is_officer(request) else "base/portal_page.html"}


def is_officer(request: Request) -> bool:
    """True if the reader acts in a post."""
    return request.principal is not None and bool(request.principal.roles - {Role.APPLICANT})


def _show(rows: Sequence[Any], by: Principal | None) -> list[Shown]:
    units, procedures = name_units(row.params for row in rows), _procedures(rows, by)
    return [_shown(row, word_message(row.kind, row.params, units), procedures) for row in rows]


def _shown(row: Any, words: Worded, procedures: Mapping[str, Any]) -> Shown:
    code, leads = row.params.get("code", ""), bool(address_of(row.kind, row.params))
    return Shown(row, words, _kept_together(words.title, code), topic_of(row.kind), leads, procedures.get(code))


def _procedures(rows: Sequence[Any], by: Principal | None) -> dict[str, Any]:
    """Return which procedure each dossier is of, by code, as far as the reader may see it: one statement."""
    codes = {row.params["code"] for row in rows if "code" in row.params}
    if by is None or not codes:
        return {}
    return {dossier.code: dossier.procedure for dossier in list_dossiers(by=by, codes=codes, size=len(codes)).rows}


def _kept_together(title: str, code: str) -> str:
    """Return a headline whose code is not broken over two lines, nor turned round among Urdu words."""
    before, found, after = title.partition(code) if code else (title, "", "")
    return format_html('{}<bdi class="code">{}</bdi>{}', before, found, after) if found else title
