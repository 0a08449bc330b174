"""What the centre asked members to show, and what came of it."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from onestop.monitor.models import Comparison, FactsRequest


def find_open_request(number: int) -> FactsRequest | None:
    """Return what was asked of a report and has not been answered by facts since, or None."""
    return _open().filter(submission_id=number).first()


def list_wanted(member: str) -> list[date]:
    """Return the days whose facts a member is asked for, the oldest first."""
    days = _open().filter(submission__member=member).values_list("submission__day", flat=True)
    return sorted(day for day in days if day is not None)


def list_requests(number: int) -> list[FactsRequest]:
    """Return every request for the facts behind a report, the newest first."""
    return list(FactsRequest.objects.filter(submission_id=number))


def list_comparisons(number: int) -> list[Comparison]:
    """Return how a report came out against the member's own facts, the newest comparison first."""
    return list(Comparison.objects.filter(submission_id=number).order_by("-compared_at", "-id"))


def _open() -> QuerySet[FactsRequest]:
    answered = Comparison.objects.filter(submission=OuterRef("submission"), compared_at__gte=OuterRef("asked_at"))
    return FactsRequest.objects.filter(~Exists(answered))
