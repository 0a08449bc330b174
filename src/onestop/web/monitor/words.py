"""Faults of a report in words, and how it differs from its facts: what is wrong, and what the sender should do."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onestop.monitor.rules.facts import Differs
from onestop.monitor.rules.faults import Fault, Found
from onestop.web.base.moments import short_moment

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


def fault_word(found: Found) -> str:
    """Return the sentence for one fault."""
    about = short_moment(datetime.fromisoformat(found.about)) if found.fault is Fault.LATE else found.about
    return str(FAULTS[found.fault]) % {"about": about}


LEFT_TO_RIGHT, UNTIL_HERE = "\u2066", "\u2069"  # isolates of Unicode

DIFFERENCES = {
    Differs.COUNTS: _("%(code)s of %(unit)s: the report says %(said)s, counted again %(counted)s."),
    Differs.DEFINITION: _("%(code)s: the facts are counted by another definition than the one in force here."),
    Differs.NOT_IN_FACTS: _("%(code)s: the facts do not hold this figure; the report says %(said)s."),
    Differs.NOT_SAID: _("%(code)s: the report leaves it out; counted again %(counted)s."),
}


def difference_word(told: dict[str, Any]) -> str:
    """Return the sentence for one difference as it is kept."""
    words = {"code": told["code"], "unit": told["unit"] or _("the whole")}
    numbers = {name: _shown(told[name]) for name in ("said", "counted")}
    return str(DIFFERENCES[Differs(told["why"])]) % {**words, **numbers}


def _shown(counts: list[int] | None) -> str:
    """Numerator / denominator, and of how many; kept from left to right in every script."""
    return "–" if counts is None else f"{LEFT_TO_RIGHT}{counts[2]} / {counts[1]} ({counts[0]}){UNTIL_HERE}"
