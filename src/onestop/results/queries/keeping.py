"""What is kept for decades, what is not yet, and what has to be stamped again."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.states import State
from onestop.results.models import KeptResult
from onestop.signing.models import ResultPaper


@dataclass(frozen=True, slots=True)
class KeepingStatus:
    """Counts of results: sealed, waiting for their first time stamp, kept, not kept yet, due to be stamped again."""

    sealed: int
    waiting_for_stamp: int
    kept: int
    to_keep: int
    to_renew: int
    past_holding: int
    next_renewal: datetime | None


def get_keeping_status(at: datetime) -> KeepingStatus:
    """Return how far the keeping of results is at a moment."""
    papers = ResultPaper.objects.filter(sealed_at__isnull=False)
    counted = papers.aggregate(sealed=Count("pk"), waiting=Count("pk", filter=Q(waits_since__isnull=False)))
    kept = KeptResult.objects.aggregate(
        kept=Count("pk"),
        renew=Count("pk", filter=Q(renew_at__lte=at)),
        past=Count("pk", filter=Q(holds_until__lte=at)),
        next=Min("renew_at"),
    )
    return KeepingStatus(
        sealed=counted["sealed"],
        waiting_for_stamp=counted["waiting"],
        kept=kept["kept"],
        to_keep=_to_keep().count(),
        to_renew=kept["renew"],
        past_holding=kept["past"],
        next_renewal=kept["next"],
    )


def list_to_keep() -> list[str]:
    """Return the codes of dossiers whose sealed result is not kept yet, the oldest first."""
    return list(_to_keep().order_by("sealed_at", "pk").values_list("dossier__code", flat=True))


def list_to_renew(before: datetime) -> list[str]:
    """Return the codes of dossiers whose kept result has to be stamped again before a moment, the most urgent first."""
    due = KeptResult.objects.filter(renew_at__lt=before).order_by("renew_at", "pk")
    return list(due.values_list("dossier__code", flat=True))


def find_kept(dossier: Dossier) -> KeptResult | None:
    """Return the long-lived form of a result, or None if there is none yet."""
    return KeptResult.objects.filter(dossier=dossier).first()


def _to_keep() -> "QuerySet[ResultPaper]":
    ended = (State.PROCESSED, State.RETURNED)
    ready = ResultPaper.objects.filter(sealed_at__isnull=False, waits_since=None, dossier__state__in=ended)
    return ready.filter(dossier__kept_result=None)
