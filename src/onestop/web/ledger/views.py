"""The page of the public log: where it stands, how anybody checks it, and a form that answers for one proof."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onestop.agencies.queries import name_posts
from onestop.dossiers.queries.dossiers import find_code
from onestop.journal.queries.log import find_published_head, get_status
from onestop.journal.queries.proofs import Verdict, judge_proof
from onestop.journal.rules.proofs import LONGEST_PROOF
from onestop.web.base.forms import nfc
from onestop.web.base.permissions import public
from onestop.web.ledger.words import word_fault


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer about one proof, ready for the page."""

    holds: bool
    reasons: tuple[str, ...]
    kind: str = ""
    code: str = ""
    sequence: int = 0
    who: str = ""
    effective_at: datetime | None = None
    recorded_at: datetime | None = None
    published_at: datetime | None = None
    place: int = 0
    size: int = 0


@public
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """Show the newest head; with a proof sent, say what it is worth."""
    proof, code = _read(request), nfc(request.POST.get("code", "")).strip()[:40]
    asked = request.method == "POST"
    now, head = get_status(), find_published_head()
    shown: dict[str, Any] = {
        "log": now,
        "head": head,
        "root": head.root.hex() if head else "",
        "address": f"{settings.PUBLIC_ADDRESS}/nhat-ky",
        "code": code,
        "asked": asked,
        "nothing_sent": asked and not proof,
        "answer": _answer(judge_proof(proof), code) if proof else None,
    }
    return render(request, "ledger/overview.html", shown, status=422 if shown["nothing_sent"] else 200)


def _read(request: HttpRequest) -> bytes:
    """Return the proof sent: a file, or pasted, where browsers write line ends of their own."""
    sent = request.FILES.get("file")
    if sent is not None:
        return bytes(sent.read(LONGEST_PROOF + 1))
    pasted = str(request.POST.get("proof", "")).replace("\r\n", "\n").strip("\n")
    return f"{pasted}\n".encode() if pasted else b""


def _answer(verdict: Verdict, code: str) -> Shown:
    report = verdict.report
    faults = verdict.faults
    found = find_code(report.entry["stream"]) if report.holds and isinstance(report.entry.get("stream"), int) else ""
    if not faults and code and found.casefold() != code.casefold():
        faults = ("proof.other_dossier",)
    if faults or report.head is None:
        return Shown(False, tuple(word_fault(fault) for fault in faults))
    entry = report.entry
    return Shown(
        holds=True,
        reasons=(),
        kind=entry["kind"],
        code=found,
        sequence=entry["sequence"],
        who=name_posts({entry["post"]}).get(entry["post"], "") if entry["post"] else "",
        effective_at=datetime.fromisoformat(entry["at"]),
        recorded_at=report.recorded_at,
        published_at=verdict.published_at,
        place=report.index + 1,
        size=report.head.size,
    )
