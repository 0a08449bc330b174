"""The choices at the desk, in words."""

from django.utils.translation import gettext as _

from onestop.applicants.rules import ApplicantKind
from onestop.catalogue.rules.content import ProcedureContent
from onestop.dossiers.rules.filing import Channel, ReturnWay
from onestop.web.base.moments import limit_word
from onestop.web.base.names import named


def applicant_kinds() -> list[tuple[str, str]]:
    """Return the kinds of applicants."""
    return [
        (ApplicantKind.CITIZEN.value, _("Citizen")),
        (ApplicantKind.BUSINESS.value, _("Business")),
        (ApplicantKind.ORGANISATION.value, _("Other organisation")),
    ]


def channel_words() -> list[tuple[str, str, str]]:
    """Return the ways of filing, with what each means."""
    return [
        (str(Channel.COUNTER.value), _("At the counter, on paper"), _("Scan every paper, then accept.")),
        (
            str(Channel.ONLINE.value),
            _("Online, with help at the desk"),
            _("Counted as assisted, not as filed by own hand."),
        ),
        (str(Channel.POST.value), _("By public post"), ""),
    ]


def way_words() -> list[tuple[str, str]]:
    """Return the ways of returning a result."""
    return [
        (str(ReturnWay.COUNTER.value), _("At the counter")),
        (str(ReturnWay.POST.value), _("By public post")),
        (str(ReturnWay.ONLINE.value), _("Online")),
    ]


def case_words(content: ProcedureContent) -> list[tuple[str, str]]:
    """Return the cases of the time limit to choose from; empty if there is only one."""
    cases = [item for item in content.time_limits if item.case and item.wording]
    first = [("", _("The usual case"))] if cases else []
    return first + [
        (item.case, f"{named(item.wording or {})} ({limit_word(item.limit)})") for item in cases if item.limit
    ]
