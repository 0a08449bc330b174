"""Filters that word a value: moments, numbers, codes, names."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template

from onestop.web.base import moments, numbers, wording
from onestop.worktime.rules import TimeLimit

register = template.Library()


@register.filter
def local_moment(at: datetime | None) -> str:
    """`16:30, Thứ Sáu 27/02/2026`."""
    return moments.moment_word(at) if at else ""


@register.filter
def local_date(on: date | datetime | None) -> str:
    """`Thứ Sáu 27/02/2026`."""
    return moments.day_word(on) if on else ""


@register.filter
def short_moment(at: datetime | None) -> str:
    """`16:30 27/02/2026`, for narrow columns."""
    return moments.short_moment(at) if at else ""


@register.filter
def local_time(at: datetime | None) -> str:
    """`16:30`."""
    return moments.time_word(at) if at else ""


@register.filter
def working_time(left: moments.Remaining | None) -> str:
    """`Còn 2 ngày 3 giờ`, `Quá hạn 1 ngày`."""
    return moments.working_time_word(left)


@register.filter
def money(dong: int | None) -> str:
    """`150.000 đ`."""
    return "" if dong is None else numbers.money_word(dong)


@register.filter
def number(value: float | Decimal | None, digits: int = 0) -> str:
    """`314.781`."""
    return "" if value is None else numbers.number_word(value, digits)


@register.filter
def share(value: float | Decimal | None, digits: int = 1) -> str:
    """`99,1 %` from 0.991."""
    return numbers.share_word(value, digits)


@register.filter
def file_size(size: int | None) -> str:
    """`1,4 MB`."""
    return "" if size is None else numbers.size_word(size)


@register.filter
def verb_word(verb: str) -> str:
    """The word on the button of a verb."""
    return wording.verb_word(verb)


@register.filter
def deed_word(kind: str) -> str:
    """How a journal entry of this kind is told."""
    return wording.deed_word(kind)


@register.filter
def state_word(state: int) -> str:
    """A state of a dossier in words."""
    return wording.state_word(state)


@register.filter
def state_tone(state: int) -> str:
    """The colour of a state's tag."""
    return wording.state_tone(state)


@register.filter
def role_word(role: str) -> str:
    """A role in words."""
    return wording.role_word(role)


@register.filter
def kind_word(code: object, subject: str) -> str:
    """`{{ dossier.channel|kind_word:"channel" }}`."""
    return wording.kind_word(subject, code)


@register.filter
def error_word(code: str) -> str:
    """An error code or a reason in words."""
    return wording.word_code(code)


@register.filter
def named(names: Mapping[str, str] | Any) -> str:
    """The name in the reader's language, else the Vietnamese one. Takes a dict or anything with `names`."""
    table = names if isinstance(names, Mapping) else getattr(names, "names", {})
    return table.get(moments.language()) or table.get("vi", "")


@register.filter
def name_language(names: Mapping[str, str] | Any) -> str:
    """The language in which `named` answers: for `lang=`, so that a Vietnamese name is read and drawn as Vietnamese."""
    table = names if isinstance(names, Mapping) else getattr(names, "names", {})
    return moments.language() if table.get(moments.language()) else "vi"


@register.filter
def limit_word(limit: TimeLimit) -> str:
    """A time limit in words: `3 ngày làm việc`, `trong ngày`."""
    return moments.limit_word(limit)
