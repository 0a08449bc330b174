"""Where the thing lies that a message is about. Whether the reader may see it is asked there, not here."""

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse

from onestop.notices.rules.messages import MessageKind, Topic, topic_of


def address_of(kind: str, params: Mapping[str, Any]) -> str:
    """Return the address of the thing a message is about; empty if there is none."""
    try:
        match topic_of(kind):
            case Topic.DOSSIERS:
                return reverse("portal:dossier", args=[params["code"]])
            case Topic.WORK:
                return reverse("office:dossier", args=[params["code"]])
            case Topic.PLAN:
                return _of_plan(kind, params)
            case Topic.ALERTS:
                return reverse(str(params["page"])) + (f"?don-vi={params['unit']}" if params.get("unit") else "")
    except (NoReverseMatch, KeyError):
        return ""


def _of_plan(kind: str, params: Mapping[str, Any]) -> str:
    match kind:
        case MessageKind.REVIEW_DUE:
            return reverse("plan:reviews")
        case MessageKind.NOBODY_ANSWERS:
            return reverse("plan:targets")
    return reverse("plan:task", args=[params["task"]])
