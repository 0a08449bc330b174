"""Alerts in words: how one is told when it begins, and when it is over; `messages.py` takes them in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onestop.alerts.rules.kinds import AlertKind
from onestop.notices.rules.messages import alert_kind

_BEGUN = {
    AlertKind.TARGET_SLIPS: (
        _("%(unit)s: at this pace the target will be missed"),
        _(
            "%(indicator)s: now %(now_percent)s %%, at the end of the year %(forecast_percent)s %%; "
            "the target is %(target_percent)s %%."
        ),
    ),
    AlertKind.BELOW_FLOOR: (
        _("%(unit)s: far below the target"),
        _("%(indicator)s: now %(now_percent)s %%; the target is %(target_percent)s %%."),
    ),
    AlertKind.LOOKS_MADE: (
        _("%(unit)s: an unusual sign"),
        _(
            "%(indicator)s: %(numerator)s of %(denominator)s; among like units %(base_percent)s %%. "
            "A sign is a question, not a finding."
        ),
    ),
    AlertKind.DATA_DOUBTFUL: (
        _("%(unit)s: the data are to be doubted"),
        _("%(indicator)s: %(numerator)s of %(denominator)s."),
    ),
    AlertKind.COUNTS_DIFFER: (
        _("Two counts of the same thing differ"),
        _("%(left)s in one place, %(right)s in the other. The page on the quality of the data says which."),
    ),
    AlertKind.JOURNAL_BROKEN: (
        _("The journal does not hold"),
        _("%(numerator)s of %(denominator)s entries are not as they were written."),
    ),
    AlertKind.CUBE_STANDS: (_("The figures stand still"), _("They have not moved on since %(since)s.")),
    AlertKind.LOG_STANDS: (
        _("The public log stands still"),
        _("An entry has waited for its place since %(since)s."),
    ),
}
_OVER = {
    AlertKind.TARGET_SLIPS: _("%(unit)s: the target is within reach again"),
    AlertKind.BELOW_FLOOR: _("%(unit)s: no longer far below the target"),
    AlertKind.LOOKS_MADE: _("%(unit)s: the unusual sign is gone"),
    AlertKind.DATA_DOUBTFUL: _("%(unit)s: the data are in order again"),
    AlertKind.COUNTS_DIFFER: _("The counts agree again"),
    AlertKind.JOURNAL_BROKEN: _("The journal holds again"),
    AlertKind.CUBE_STANDS: _("The figures move on again"),
    AlertKind.LOG_STANDS: _("The public log moves on again"),
}
_SINCE = _("The alert had stood since %(begun_at)s.")
_OF_WHAT = _("%(indicator)s. The alert had stood since %(begun_at)s.")
_NAMED = frozenset(
    {AlertKind.TARGET_SLIPS, AlertKind.BELOW_FLOOR, AlertKind.LOOKS_MADE, AlertKind.DATA_DOUBTFUL}
)  # they are about an indicator

ALERTS: dict[str, tuple[Any, Any]] = {
    **{alert_kind(kind): words for kind, words in _BEGUN.items()},
    **{
        alert_kind(kind, is_over=True): (title, _OF_WHAT if kind in _NAMED else _SINCE) for kind, title in _OVER.items()
    },
}
