"""Tags that draw the small pieces of a page. Made in Python, since a work list holds hundreds of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from onestop.web.base import doors as five
from onestop.web.base import drawings, moments, wording
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import elapsed, remaining

register = template.Library()

SOON_SHARE = 0.75
_BAR = (
    '<svg class="bar" viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    '<rect class="track" width="100" height="5"/><rect class="fill" width="{}" height="5"/></svg>'
)


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, flips: bool = False) -> SafeString:
    """An icon of the set; always beside a word. `flips=True` for arrows, which turn round in Urdu."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"{}><use href="{}#{}"></use></svg>',
        SafeString(" data-flips" if flips else ""),
        static("base/icons.svg"),
        name,
    )


@register.simple_tag
def deadline(left: moments.Remaining | None, share: float | None = None, still: str = "") -> SafeString:
    """Time left as word and bar. `share` of the time used, 0..1; `still` is said instead while the clock stands."""
    if still or left is None:
        return format_html('<span class="deadline" data-tone="still">{}</span>', still or gettext("No due date"))
    used = 1.0 if left.late else share
    bar = format_html(_BAR, drawings.width_of(used)) if used is not None else ""
    word = moments.working_time_word(left)
    return format_html('<span class="deadline" data-tone="{}">{}{}</span>', _tone(left, used), word, bar)


@register.simple_tag
def due(
    due_at: datetime | None, now: datetime, since: datetime | None = None, still: str = "", ended: bool = False
) -> SafeString:
    """The same from moments: due, now, and since when the clock runs. `ended=True` shows only the date."""
    if due_at is None or still or ended:
        return deadline(None, still=still or (moments.short_moment(due_at) if due_at else "–"))
    calendar = get_calendar()
    left = remaining(calendar, now, due_at)
    whole = elapsed(calendar, since, due_at) if since else 0
    share = 1 - max(0, left.working_minutes) / whole if whole > 0 else None
    return deadline(left, share)


def _tone(left: moments.Remaining, used: float | None) -> str:
    if left.late:
        return "late"
    return "soon" if left.days == 0 or (used or 0) >= SOON_SHARE else "fine"


@register.simple_tag
def state_tag(state: int) -> SafeString:
    """A dossier's state as a tag."""
    return _state_tag(int(state), moments.language())


@lru_cache(maxsize=64)
def _state_tag(state: int, _language: str) -> SafeString:
    return format_html(
        '<span class="ds-tag" data-color="{}">{}</span>', wording.state_tone(state), wording.state_word(state)
    )


@register.simple_tag
def tag(words: str, color: str = "neutral") -> SafeString:
    """A tag: color is neutral, info, success, warning or danger."""
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', color, words)


@register.simple_tag
def person(name: str, post: str = "") -> SafeString:
    """A person: initial, name, post."""
    initial = (name.split() or ["?"])[-1][:1].upper()
    return _chip(initial, name, post, "person")


@register.simple_tag
def unit(name: str, note: str = "") -> SafeString:
    """A unit: mark, name, note."""
    return _chip("◫", name, note, "unit")


def _chip(mark: str, name: str, note: str, kind: str) -> SafeString:
    return format_html(
        '<span class="chip"><span class="round" data-kind="{}" aria-hidden="true">{}</span><span>{}{}</span></span>',
        kind,
        mark,
        name,
        format_html(' <span class="post">{}</span>', note) if note else "",
    )


@register.inclusion_tag("base/pieces/doors.html")
def five_doors(dossier: Any = None, entries: Iterable[Any] = (), size: str = "") -> dict[str, Any]:
    """The five doors of a dossier; without one, all open, as the picture of what we do. `size="small"` for lists."""
    shown = five.doors_of(dossier, entries) if dossier is not None else five.make_doors(5)
    return {"doors": shown, "size": size, "is_picture": dossier is None}


@register.inclusion_tag("base/pieces/doors.html")
def doors_at(standing: int, size: str = "", barred: bool = False) -> dict[str, Any]:
    """The five doors with number `standing` (0..4) opening; 5 means all are open."""
    return {"doors": five.make_doors(standing, is_barred=barred), "size": size}


@register.inclusion_tag("base/pieces/bullet.html")
def bullet(
    value: float | None, target: float | None, tone: str = "", label: str = "", high: float = 1.0
) -> dict[str, Any]:
    """A bullet bar: a share against its target, with the word on plan, at risk or behind plan (done, soon, late)."""
    chosen = tone or _plan_tone(value, target)
    scale = high or 1.0
    return {
        "value": value,
        "target": target,
        "tone": chosen,
        "label": label,
        "word": wording.kind_word("plan", chosen) if chosen else "",
        "measure": drawings.width_of((value or 0) / scale),
        "mark": drawings.width_of((target or 0) / scale),
    }


def _plan_tone(value: float | None, target: float | None) -> str:
    if value is None or target is None:
        return ""
    return "done" if value >= target else "soon" if value >= target * 0.95 else "late"


@register.simple_tag
def sparkline(values: Sequence[float | None], title: str) -> SafeString:
    """A trend as a line, with `title` for who cannot see it. None is a gap; a single value is no trend."""
    if sum(value is not None for value in values) < 2:
        return SafeString()
    x, y = drawings.spark_end(values)
    dot = format_html('<circle cx="{}" cy="{}" r="2.2"/>', x, y)
    return format_html(
        '<svg class="sparkline" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<path d="{}"/>{}</svg>',
        title,
        drawings.spark_path(values),
        dot,
    )


@register.inclusion_tag("base/pieces/dots.html")
def dot_row(
    dots: Iterable[Any], title: str, low: float = 0.0, high: float = 1.0, goal: float | None = None
) -> dict[str, Any]:
    """Every unit one dot, ours named, the ends of the row named. `dots` holds objects with name, value, is_ours."""
    placed = drawings.place_dots(
        [drawings.Dot(dot.name, dot.value, bool(getattr(dot, "is_ours", False))) for dot in dots], low, high
    )
    return {
        "dots": placed,
        "title": title,
        "ours": next((dot for dot in placed if dot.is_ours), None),
        "axis": (low, (low + high) / 2, high),
        "goal": goal,
        "goal_x": drawings.place_dots([drawings.Dot("", goal)], low, high)[0].x if goal is not None else "",
    }


@register.simple_tag
def ticks(codes: Iterable[str]) -> SafeString:
    """Reasons or error codes as a list of words."""
    items = format_html_join("", "<li>{}</li>", ((wording.word_code(code),) for code in codes))
    return format_html("<ul>{}</ul>", items)


@register.inclusion_tag("base/pieces/error_summary.html")
def error_summary(form: Any = None, faults: Iterable[Any] = (), prefix: str = "id_") -> dict[str, Any]:
    """Everything wrong with a form at once, each linked to its field. Takes a Django form, or `Fault`s."""
    linked = [(f"#{field.auto_id}", field.label, error) for field in form or () for error in field.errors]
    loose = list(form.non_field_errors()) if form is not None else []
    for fault in faults:
        words = wording.word_fault(fault)
        if fault.field:
            linked.append((f"#{prefix}{fault.field}", "", words))
        else:
            loose.append(words)
    return {"linked": linked, "loose": loose}


@register.inclusion_tag("base/pieces/deed.html")
def deed(entry: Any, who: str = "", note: str = "") -> dict[str, Any]:
    """One entry of the journal as an item of a time line (inside `<c-time-line>`)."""
    return {"entry": entry, "who": who, "note": note, "tone": DEED_TONES.get(entry.kind, "done")}


DEED_TONES = {
    "request_supplement": "wait",
    "suspend": "wait",
    "refuse": "stop",
    "stop": "stop",
    "withdraw": "stop",
    "reappoint": "late",
    "send_back": "wait",
}
