"""Figures signed for: the auditor prepares, the head signs, everybody in charge sees whether it still holds."""

from datetime import date, datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from onestop.accounts.rules import Role
from onestop.errors import Invalid, Refused
from onestop.indicators.operations.snapshots import prepare_snapshot, sign_snapshot
from onestop.indicators.queries.definitions import get_definition, rule_words
from onestop.indicators.queries.quality import SCHEME as QUALITY
from onestop.indicators.queries.snapshots import check_snapshot, get_snapshot, list_snapshots, list_waiting
from onestop.indicators.rules.duties import Duty, may
from onestop.web.base.moments import language
from onestop.web.base.permissions import requires
from onestop.web.base.wording import word_code, word_error, word_reasons
from onestop.web.board.frames import ask, frame, principal_of, unit_name
from onestop.web.board.readers import OFFICERS


@requires(*OFFICERS)
def snapshots(request: HttpRequest) -> HttpResponse:
    """The snapshots of a unit; for the auditor, a form to prepare the next."""
    by, asked = ask(request)
    shown = {
        "rows": list_snapshots(unit=asked.unit, by=by),
        "waiting": list_waiting(by=by),
        "prepares": may(Duty.PREPARE_SNAPSHOT, by),
        "last_month": _last_month(),
    }
    return render(request, "board/snapshots.html", {**shown, **frame(asked, None, by)})


@requires(Role.AUDITOR)
def prepare(request: HttpRequest) -> HttpResponse:
    """Prepare the snapshot of one month."""
    by, asked = ask(request)
    begin, end = _month(request.POST.get("thang", ""))
    try:
        row = prepare_snapshot(
            unit=request.POST.get("don-vi", "") or asked.unit,
            period_from=begin,
            as_of=end,
            by=by,
            at=timezone.now(),
            reason=request.POST.get("ly-do", ""),
        )
    except Refused as refused:
        messages.error(request, " ".join([word_error(refused), *word_reasons(refused)]))
        return redirect("board:snapshots")
    return redirect("board:snapshot", row.pk)


@requires(*OFFICERS)
def snapshot(request: HttpRequest, number: int) -> HttpResponse:
    """One snapshot: what was signed for, whether it holds, and what has moved since."""
    by = principal_of(request)
    row = get_snapshot(number, by=by)
    held = check_snapshot(row)
    day = timezone.localtime(row.as_of).date()
    named = {figure["code"]: get_definition(figure["code"], on=day, scheme=figure["scheme"]).worded(language()).name
             for figure in row.content["figures"]}  # fmt: skip
    shown = {
        "row": row,
        "unit_name": unit_name(row.unit),
        "figures": [(named[figure["code"]], figure) for figure in row.content["figures"]],
        "faults": [word_code(code) for code in held.faults],
        "holds": held.holds,
        "moved": [(unit_name(item.unit), named.get(item.code, item.code), item) for item in held.moved],
        "doubts": [(_doubt_word(doubt["code"], day), doubt) for doubt in row.quality or ()],
        "signs": row.entry is None and may(Duty.SIGN_SNAPSHOT, by),
    }
    return render(request, "board/snapshot.html", shown)


@requires(Role.LEADER)
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Sign a prepared snapshot as the head of its unit."""
    try:
        sign_snapshot(snapshot_id=number, by=principal_of(request), at=timezone.now())
        messages.success(request, gettext("Signed, and entered in the journal."))
    except Refused as refused:
        messages.error(request, " ".join([word_error(refused), *word_reasons(refused)]))
    return redirect("board:snapshot", number)


def _doubt_word(code: str, day: date) -> str:
    """Return the name of a doubt of the quality report, or of one of its checks."""
    checks = rule_words()["check"]
    return (
        checks[code][language()]
        if code in checks
        else get_definition(code, on=day, scheme=QUALITY).worded(language()).name
    )


def _month(text: str) -> tuple[datetime, datetime]:
    """Return begin and end of a month written as `2026-03`. Raises `Invalid`."""
    try:
        begin = timezone.make_aware(datetime.strptime(text, "%Y-%m"))  # noqa: DTZ007  made aware at once
    except ValueError as error:
        raise Invalid("snapshot.no_month", text=text) from error
    year, month = divmod(begin.year * 12 + begin.month, 12)
    return begin, timezone.make_aware(datetime.combine(begin.date().replace(year=year, month=month + 1), time()))


def _last_month() -> str:
    today = timezone.localdate()
    year, month = divmod(today.year * 12 + today.month - 2, 12)
    return f"{year:04d}-{month + 1:02d}"
