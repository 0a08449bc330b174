"""Faults of a report in words, and how it differs from its facts: what is wrong, and what the sender should do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onestop.errors import NotFound
from onestop.indicators.queries.definitions import get_definition
from onestop.indicators.queries.units import find_names
from onestop.monitor.queries.members import list_members
from onestop.monitor.rules.facts import Differs
from onestop.monitor.rules.faults import Fault, Found
from onestop.web.base.moments import language, short_moment

FAULTS = {
    Fault.UNREADABLE: _("The document has not the form of a report of figures."),
    Fault.UNSIGNED: _("It is not signed."),
    Fault.SIGNATURE_BROKEN: _(
        "The signature does not hold: something was changed after signing, or the key is not valid."
    ),
    Fault.WRONG_SIGNER: _("It is signed, but by somebody else: %(about)s."),
    Fault.UNKNOWN_MEMBER: _("No reporting unit has the code %(about)s."),
    Fault.MEMBER_NOT_VALID: _("The unit did not exist on that day; in its place stands %(about)s."),
    Fault.FUTURE_DAY: _("The day %(about)s has not come yet."),
    Fault.UNKNOWN_INDICATOR: _("There is no definition %(about)s."),
    Fault.IMPOSSIBLE: _("The numbers are impossible (a part is more than the whole): %(about)s."),
    Fault.PARTS_DIFFER: _("The units of %(about)s do not add up to the whole."),
    Fault.DOUBLED: _("For that day another report has been counted already."),
    Fault.CHAIN_BROKEN: _("It does not go on from the last report that was counted."),
    Fault.FALLING: _("%(about)s counts fewer dossiers of this year than the report before."),
    Fault.LATE: _("It came late; it was due by %(about)s."),
}
OF_FIGURES = frozenset({Fault.IMPOSSIBLE, Fault.PARTS_DIFFER, Fault.FALLING})

DIFFERENCES = {
    Differs.COUNTS: _("Counting again gives other numbers."),
    Differs.DEFINITION: _("The facts are counted by another definition than the one in force here."),
    Differs.NOT_IN_FACTS: _("The facts do not hold this figure."),
    Differs.NOT_SAID: _("The report leaves it out."),
}


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """One figure that differs from the facts: its name, of which unit, how, and both numbers."""

    name: str
    unit: str
    how: str
    said: str
    counted: str


def figure_name(code: str, day: date | None) -> str:
    """Return what a figure is called, as its definition of that day says; the code itself, if there is none."""
    try:
        return get_definition(code, on=day or localdate()).worded(language()).name
    except NotFound:
        return code


def fault_words(faults: Iterable[Sequence[str]], day: date | None = None) -> list[str]:
    """Return the sentence for each fault as it is kept."""
    return [fault_word(Found(Fault(code), about), day) for code, about in faults]


def fault_word(found: Found, day: date | None = None) -> str:
    """Return the sentence for one fault."""
    return str(FAULTS[found.fault]) % {"about": _about(found, day)}


def show_difference(told: dict[str, Any], day: date | None) -> DifferenceShown:
    """Return one difference, as it is kept, for the reader."""
    names = find_names(told["unit"]) if told["unit"] else {}
    return DifferenceShown(
        figure_name(told["code"], day),
        (names.get(language()) or names.get("vi") or told["unit"]) if told["unit"] else gettext("the whole"),
        str(DIFFERENCES[Differs(told["why"])]),
        _numbers(told["said"]),
        _numbers(told["counted"]),
    )


def _about(found: Found, day: date | None) -> str:
    if found.fault is Fault.LATE:
        return short_moment(datetime.fromisoformat(found.about))
    if found.fault is Fault.MEMBER_NOT_VALID:
        return {member.code: member.name for member in list_members()}.get(found.about, found.about)
    if found.fault in OF_FIGURES:
        code, _gap, unit = found.about.partition(" ")
        return f"{figure_name(code, day)} {unit}".strip()
    return found.about


def _numbers(counts: list[int] | None) -> str:
    """Numerator / denominator, and of how many."""
    return "–" if counts is None else f"{counts[2]} / {counts[1]} ({counts[0]})"
