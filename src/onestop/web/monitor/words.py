"""Faults of a report in words: what is wrong, and what the sender should do."""

from django.utils.translation import gettext_lazy as _

from onestop.monitor.rules.faults import Fault, Found

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
    return str(FAULTS[found.fault]) % {"about": found.about}
