"""What is going wrong in the reader's units, at the top of the board: since when, and where one sees more."""

from dataclasses import dataclass
from datetime import datetime

from onestop.accounts.rules import Principal
from onestop.alerts.queries.alerts import list_open
from onestop.notices.rules.messages import alert_kind
from onestop.web.base.things import alert_address
from onestop.web.base.wording.messages import Worded, word_message

AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class AlertShown:
    """An open alert in words, since when, and where it leads."""

    words: Worded
    since: datetime
    href: str


@dataclass(frozen=True, slots=True)
class Alerts:
    """The newest few, and the rest behind a fold."""

    first: tuple[AlertShown, ...]
    more: tuple[AlertShown, ...]


def show_alerts(by: Principal) -> Alerts:
    """Return the open alerts that the reader may see, in one statement."""
    found = list_open(by=by)
    units = {alert.unit.code: alert.unit.names for alert in found}
    shown = tuple(
        AlertShown(
            word_message(alert_kind(alert.kind), alert.params, units),
            alert.begun_at,
            alert_address(alert.kind, alert.unit.code, alert.subject),
        )
        for alert in found
    )
    return Alerts(shown[:AT_ONCE], shown[AT_ONCE:])
