"""Tasks: mine, those of my units; one with its evidence; give, report, accept, send back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onestop.accounts.rules import Role
from onestop.agencies.queries import get_unit, list_posts
from onestop.documents.operations import keep_upload
from onestop.errors import Fault, Invalid
from onestop.plans.operations.tasks import TaskGiven, accept_task, hand_in, send_task_back, set_task
from onestop.plans.queries.plans import find_version_in_force, get_plan, list_lines
from onestop.plans.queries.tasks import (
    facts_of,
    find_evidence,
    get_task,
    list_reminders,
    list_tasks,
    show_task,
)
from onestop.plans.rules.duties import find_acceptance_objections, was_late
from onestop.plans.rules.kinds import Deed, TaskState
from onestop.plans.rules.rights import may_ever, permits
from onestop.web.base.acting import words_of
from onestop.web.base.downloads import download
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.plan.asking import check_may_see, own_agency, read_asked, typed_day
from onestop.web.plan.naming import words_of as indicator_words
from onestop.web.plan.readers import OFFICERS

MOST_FILES = 10


@requires(*OFFICERS)
def list_all(request: ActingRequest) -> HttpResponse:
    """What I am reminded of, then my tasks and those of my units."""
    by, now = request.principal, timezone.now()
    mine = request.GET.get("xem") != "don-vi"
    shown = {
        "reminders": list_reminders(at=now, by=by),
        "tasks": list_tasks(by=by, at=now, mine=mine),
        "mine": mine,
        "now": now,
        "may_give": may_ever(Deed.SET_TASK, by),
    }
    return render(request, "plan/tasks.html", shown)


@requires(*OFFICERS)
def task(request: ActingRequest, task_id: int) -> HttpResponse:
    """One task: what, by whom, until when, the evidence, and what may be done now."""
    return _page(request, task_id, ())


@requires(Role.LEADER, Role.AUDITOR)
def give(request: ActingRequest) -> HttpResponse:
    """Give a task: the form, and what it sends."""
    asked = read_asked(request, unit=request.POST.get("unit", "") or own_agency(request.principal))
    check_may_see(asked.unit, request.principal)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            row = set_task(year=asked.year, task=_given(request, asked.unit), by=request.principal, at=timezone.now())
        except Invalid as error:
            faults = error.faults
        else:
            messages.success(request, _("The task is given."))
            return redirect("plan:task", task_id=row.pk)
    return render(
        request, "plan/give.html", _form(request, asked.year, asked.unit, faults), status=422 if faults else 200
    )


@requires(*OFFICERS)
@require_POST
def report(request: ActingRequest, task_id: int) -> HttpResponse:
    """Report a task done, with its evidence; uploads are looked at before they are kept."""
    get_task(task_id, by=request.principal)
    try:
        files = [keep_upload(name=file.name or "", data=file.read()) for file in _files(request)]
    except Invalid as error:
        return _page(request, task_id, error.faults)
    note = words_of(request.POST, "note")
    hand_in(task_id=task_id, files=files, note=note, by=request.principal, at=timezone.now())
    messages.success(request, _("Reported done. It waits for acceptance."))
    return redirect("plan:task", task_id=task_id)


@requires(Role.LEADER, Role.AUDITOR)
@require_POST
def accept(request: ActingRequest, task_id: int) -> HttpResponse:
    """Accept the evidence."""
    get_task(task_id, by=request.principal)
    accept_task(task_id=task_id, by=request.principal, at=timezone.now())
    messages.success(request, _("The task is accepted."))
    return redirect("plan:task", task_id=task_id)


@requires(Role.LEADER, Role.AUDITOR)
@require_POST
def send_back(request: ActingRequest, task_id: int) -> HttpResponse:
    """Send a task back, with the reason."""
    get_task(task_id, by=request.principal)
    reason = words_of(request.POST, "reason")
    send_task_back(task_id=task_id, reason=reason, by=request.principal, at=timezone.now())
    messages.success(request, _("The task is sent back."))
    return redirect("plan:task", task_id=task_id)


@requires(*OFFICERS)
def evidence(request: ActingRequest, task_id: int, sha256: str) -> HttpResponse:
    """A file of a task, to who may see the task."""
    found = find_evidence(get_task(task_id, by=request.principal), sha256)
    return download(found.sha256, found.file_name, found.media_type)


def _page(request: ActingRequest, task_id: int, faults: tuple[Fault, ...]) -> HttpResponse:
    by, now = request.principal, timezone.now()
    row = get_task(task_id, by=by)
    facts, found = facts_of(row), show_task(row, now)
    may = partial(permits, by=by, plan_unit_id=row.plan.unit_id, unit_id=row.unit_id, post=row.post.code)
    is_open = found.state in (TaskState.OPEN, TaskState.LATE)
    own = find_acceptance_objections(facts, post=by.post_code, account=by.account_id)
    shown = {
        "found": found,
        "task": row,
        "indicator": indicator_words(row.indicator).name if row.indicator else "",
        "was_late": was_late(facts),
        "may_report": is_open and may(Deed.HAND_IN),
        "may_accept": found.state is TaskState.DONE and may(Deed.ACCEPT) and not own,
        "own": "task.own_evidence" in own and found.state is TaskState.DONE and may(Deed.ACCEPT),
        "faults": faults,
        "now": now,
    }
    return render(request, "plan/task.html", shown, status=422 if faults else 200)


def _files(request: ActingRequest) -> list[Any]:
    return request.FILES.getlist("files")[:MOST_FILES]


def _given(request: ActingRequest, unit: str) -> TaskGiven:
    sent = request.POST
    return TaskGiven(
        unit=unit,
        title=words_of(sent, "title"),
        indicator=sent.get("indicator", ""),
        post=sent.get("post", ""),
        due_on=typed_day(sent.get("due_on", "")),
    )


def _form(request: ActingRequest, year: int, unit: str, faults: tuple[Fault, ...]) -> dict[str, Any]:
    row = get_unit(unit)
    in_force = find_version_in_force(get_plan(year), timezone.now())
    lines = list_lines(in_force, unit=unit) if in_force else []
    return {
        "year": year,
        "unit": row,
        "posts": [(post.code, post.name()) for post in list_posts(row.pk)],
        "indicators": [("", "–"), *((line.indicator, indicator_words(line.indicator).name) for line in lines)],
        "given": {name: request.POST.get(name, "") for name in ("title", "indicator", "post", "due_on")},
        "faults": faults,
    }
