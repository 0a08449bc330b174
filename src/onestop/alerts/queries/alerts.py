"""Alerts under the reader's rights: those of the own units, signs of gaming only for those who may see them."""

from datetime import datetime

from django.db.models import QuerySet

from onestop.accounts.rules import Principal
from onestop.alerts.models import Alert
from onestop.alerts.rules.episodes import Key
from onestop.alerts.rules.kinds import CONFIDENTIAL
from onestop.dossiers.queries.scope import Ids
from onestop.indicators.rules.duties import Duty, may

MOST_SHOWN = 200


def list_open(*, by: Principal) -> list[Alert]:
    """Return the open alerts that `by` may see, the newest first."""
    return list(_seen_by(by).filter(ended_at=None)[:MOST_SHOWN])


def list_lately_ended(*, by: Principal, since: datetime) -> list[Alert]:
    """Return the alerts that are over since a moment and that `by` may see."""
    return list(_seen_by(by).filter(ended_at__gte=since).order_by("-ended_at")[:MOST_SHOWN])


def list_all(*, with_ended: bool = False) -> list[Alert]:
    """Return alerts without row rights: for the operator at the command line, never for a face."""
    rows = _shown() if with_ended else _shown().filter(ended_at=None)
    return list(rows)


def open_keys() -> dict[Key, Alert]:
    """Return the open alerts by what they are about."""
    return {alert.key: alert for alert in _shown().filter(ended_at=None)}


def _seen_by(by: Principal) -> "QuerySet[Alert]":
    rows = _shown().filter(unit__among=Ids(by.unit_ids))
    return rows if may(Duty.READ_ALARMS, by) else rows.exclude(kind__in=sorted(CONFIDENTIAL))


def _shown() -> "QuerySet[Alert]":
    return Alert.objects.select_related("unit")
