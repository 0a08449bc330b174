"""Where the thing lies that a message or an alert is about. Whether the reader may see it is asked there, not here."""

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse

from onestop.alerts.rules.kinds import AlertKind
from onestop.notices.rules.messages import MessageKind, Topic, topic_of


def address_of(kind: str, params: Mapping[str, Any]) -> str:
    """Return the address of the thing a message is about; empty if there is none."""
    try:
        match topic_of(kind):
            case Topic.DOSSIERS:
                if "petition" in params:
                    return reverse("portal:petition", args=[params["petition"]])
                return reverse("portal:dossier", args=[params["code"]])
            case Topic.WORK:
                return reverse("office:dossier", args=[params["code"]])
            case Topic.PLAN:
                return _of_plan(kind, params)
            case Topic.ALERTS:
                return alert_address(params["kind"], params["unit"], params["subject"])
    except (NoReverseMatch, KeyError):
        return ""


def _of_plan(kind: str, params: Mapping[str, Any]) -> str:
    match kind:
        case MessageKind.REVIEW_DUE:
            return reverse("plan:reviews")
        case MessageKind.NOBODY_ANSWERS:
            return reverse("plan:targets")
    return reverse("plan:task", args=[params["task"]])


def alert_address(kind: str, unit: str, subject: str) -> str:
    """Return where one sees what an alert is about."""
    query = f"?don-vi={unit}"
    match AlertKind(kind):
        case AlertKind.TARGET_SLIPS | AlertKind.BELOW_FLOOR:
            return reverse("board:indicator", args=[subject]) + query
        case AlertKind.LOOKS_MADE:
            return reverse("board:alarms")
        case AlertKind.DATA_DOUBTFUL | AlertKind.COUNTS_DIFFER | AlertKind.JOURNAL_BROKEN:
            return reverse("board:quality") + query
        case AlertKind.CUBE_STANDS:
            return reverse("board:overview")
        case AlertKind.LOG_STANDS:
            return reverse("ledger:overview")
