"""Working on the draft: open a year, set and drop targets, hand down, sign, amend."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onestop.accounts.rules import Role
from onestop.errors import Fault, Invalid, NotFound
from onestop.plans.operations.cascading import cascade_target
from onestop.plans.operations.drafting import LineGiven, drop_line, open_plan, set_line
from onestop.plans.operations.signing import amend_plan, sign_plan
from onestop.plans.queries.measures import kinds_on
from onestop.plans.queries.plans import find_draft, get_plan, list_lines
from onestop.plans.queries.reference import find_indicator, is_cascaded, list_planned_units
from onestop.plans.rules.cascade import STEPS, Rounding, Spread
from onestop.plans.rules.measures import Kind
from onestop.plans.rules.written import read_number
from onestop.web.base.acting import seen_of, words_of
from onestop.web.base.numbers import number_word
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.base.texts import clean
from onestop.web.plan.naming import come_to, subject_word, target_of, written
from onestop.web.plan.naming import words_of as indicator_words
from onestop.web.plan.showing import show_checks


@requires(Role.AUDITOR)
@require_POST
def begin(request: ActingRequest) -> HttpResponse:
    """Open the plan of a year."""
    text = request.POST.get("year", "")
    plan = open_plan(year=int(text) if text.isdigit() else 0, by=request.principal, at=timezone.now())
    messages.success(request, _("The plan of %(year)s is open. Set its targets.") % {"year": plan.year})
    return redirect("plan:version", year=plan.year, number=1)


@requires(Role.AUDITOR)
def line(request: ActingRequest, year: int) -> HttpResponse:
    """Set one target: the form, and what it sends."""
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            set_line(year=year, line=_given(request.POST), by=request.principal, at=timezone.now(), seen=_seen(request))
        except Invalid as error:
            faults = error.faults
        else:
            messages.success(request, _("The target is set."))
            return to_draft(year)
    return render(request, "plan/line.html", _line_form(request, year, faults), status=422 if faults else 200)


@requires(Role.AUDITOR)
@require_POST
def drop(request: ActingRequest, year: int) -> HttpResponse:
    """Take a target out of the draft."""
    sent = request.POST
    drop_line(
        year=year,
        unit=sent.get("unit", ""),
        indicator=sent.get("indicator", ""),
        by=request.principal,
        at=timezone.now(),
        seen=_seen(request),
    )
    messages.success(request, _("The target is taken out."))
    return to_draft(year)


@requires(Role.AUDITOR)
def hand_down(request: ActingRequest, year: int) -> HttpResponse:
    """Hand a target of the province down to the units."""
    if request.method == "POST":
        sent = request.POST
        found = cascade_target(
            year=year,
            indicator=sent.get("indicator", ""),
            spread=_one_of(Spread, sent.get("spread", "")),
            rounding=_one_of(Rounding, sent.get("rounding", "")),
            step=_decimal(sent.get("step", "")),
            by=request.principal,
            at=timezone.now(),
            seen=_seen(request),
        )
        values = {"given": found.given, "kept": found.kept, "together": come_to(found)}
        said = _("Handed down to %(given)s units; %(kept)s kept what was set by hand. Together: %(together)s.") % values
        messages.success(request, said)
        return to_draft(year)
    return render(request, "plan/cascade.html", _cascade_form(year))


@requires(Role.LEADER)
def sign(request: ActingRequest, year: int) -> HttpResponse:
    """What will be signed, then the signature."""
    plan = get_plan(year)
    draft = find_draft(plan)
    if draft is None:
        raise NotFound("plan.no_draft", year=year)
    if request.method == "POST":
        signed = sign_plan(year=year, by=request.principal, at=timezone.now(), seen=_seen(request))
        messages.success(request, _("Version %(number)s is signed and in force.") % {"number": signed.number})
        return redirect("plan:version", year=year, number=signed.number)
    shown = {"plan": plan, "version": draft, "count": list_lines(draft).count(), "checks": show_checks(draft)}
    return render(request, "plan/sign.html", shown)


@requires(Role.AUDITOR)
def amend(request: ActingRequest, year: int) -> HttpResponse:
    """Begin an amendment, with its reason."""
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        reason = words_of(request.POST, "reason")
        try:
            amend_plan(year=year, reason=reason, by=request.principal, at=timezone.now(), seen=_seen(request))
        except Invalid as error:
            faults = error.faults
        else:
            messages.success(
                request, _("The amendment is open. The version in force goes on judging until it is signed.")
            )
            return to_draft(year)
    return render(request, "plan/amend.html", {"plan": get_plan(year), "faults": faults}, status=422 if faults else 200)


def _seen(request: ActingRequest) -> int | None:
    return seen_of(request.POST)


def to_draft(year: int) -> HttpResponse:
    """Go to the draft of a year."""
    draft = find_draft(get_plan(year))
    if draft is None:
        raise NotFound("plan.no_draft", year=year)
    return redirect("plan:version", year=year, number=draft.number)


def _given(sent: QueryDict) -> LineGiven:
    weight, kinds = sent.get("weight", "1"), kinds_on(timezone.localdate())
    target = read_number(sent.get("target", ""), kinds.get(sent.get("indicator", ""), Kind.SHARE))
    return LineGiven(
        unit=sent.get("unit", ""),
        indicator=sent.get("indicator", ""),
        target=Decimal(-1) if target is None else target,
        document=clean(sent.get("document", ""), 400),
        page=clean(sent.get("page", ""), 80),
        weight=int(weight) if weight.isdigit() else 0,
        post=clean(sent.get("post", ""), 40),
    )


def _decimal(text: str) -> Decimal:
    """A number with a comma or a point; what is none becomes one that no rule takes."""
    try:
        return Decimal(text.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        return Decimal(-1)


def _one_of(codes: Any, text: str) -> Any:
    if text not in set(codes):
        raise Invalid("plan.unusable", faults=(Fault("spread", "field.not_a_choice"),))
    return codes(text)


def _line_form(request: ActingRequest, year: int, faults: tuple[Fault, ...]) -> dict[str, Any]:
    plan, today = get_plan(year), timezone.localdate()
    draft = find_draft(plan)
    if draft is None:
        raise NotFound("plan.no_draft", year=year)
    asked = request.POST or request.GET
    unit, indicator = asked.get("unit", ""), asked.get("indicator", "")
    row = list_lines(draft, unit=unit, indicator=indicator).first() if unit and indicator else None
    stored = {} if row is None else {
        "target": written(row), "weight": str(row.weight),
        "document": row.document, "page": row.page, "post": row.post.code if row.post else "",
    }  # fmt: skip
    sent = {
        name: request.POST.get(name, "") for name in ("target", "weight", "document", "page", "post") if request.POST
    }
    return {
        "plan": plan,
        "units": list_planned_units(today),
        "indicators": [(code, subject_word(code, kind)) for code, kind in kinds_on(today).items()],
        "unit": unit or plan.unit.code,
        "indicator": indicator,
        "given": {"weight": "1", **stored, **sent},
        "exists": row is not None,
        "faults": faults,
    }


def _cascade_form(year: int) -> dict[str, Any]:
    plan, today = get_plan(year), timezone.localdate()
    draft = find_draft(plan)
    if draft is None:
        raise NotFound("plan.no_draft", year=year)
    options = [
        (row.indicator, f"{indicator_words(row.indicator).name}: {target_of(row)}")
        for row in list_lines(draft, unit=plan.unit.code)
        if not row.is_share or ((found := find_indicator(row.indicator, today)) is not None and is_cascaded(found))
    ]
    return {"plan": plan, "options": options, "steps": [(str(step), _short(step)) for step in STEPS]}


def _short(value: Decimal) -> str:
    """A number without the zeros at its end."""
    return number_word(float(value), 2).rstrip("0").rstrip(",.")
