"""What has come in, what counts, who is missing."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from onestop.indicators.queries.definitions import all_definitions
from onestop.monitor.models import MemberFigure, MemberKey, Submission
from onestop.monitor.queries.members import list_members
from onestop.monitor.rules.aggregates import read_aggregate
from onestop.monitor.rules.faults import Last, find_missing
from onestop.monitor.rules.members import Counts

PAGE = 50


def find_counted(member: str, day: date) -> Submission | None:
    """Return what counts of a member for a day, or None."""
    return Submission.objects.filter(member=member, day=day, is_counted=True).first()


def find_last(member: str) -> Last | None:
    """Return the last aggregate of a member that counts, or None."""
    row = Submission.objects.filter(member=member, is_counted=True).order_by("-sequence").first()
    return Last(row.digest, read_aggregate(bytes(row.document))) if row else None


def find_holder(member: str, day: date) -> str:
    """Return whose signature the aggregates of a member bear on a day; empty if nobody has been named."""
    rows = MemberKey.objects.filter(member=member, valid_from__lte=day).order_by("-valid_from")
    return rows.values_list("holder", flat=True).first() or ""


def known_definitions() -> frozenset[tuple[str, int]]:
    """Return code and version of every definition that an aggregate may speak of, past ones too."""
    return frozenset((item.code, item.version) for item in all_definitions())


def list_submissions(
    *, member: str = "", only_faulty: bool = False, after: str = "", size: int = PAGE
) -> tuple[list[Submission], str]:
    """Return submissions, the newest first, and the key of the next page (empty if there is none)."""
    rows = Submission.objects.defer("document", "signature").order_by("-id")
    if member:
        rows = rows.filter(member=member)
    if only_faulty:
        rows = rows.exclude(faults=[])
    if after.isdigit():
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: size + 1])
    return found[:size], str(found[size - 1].pk) if len(found) > size else ""


def list_faulty(day: date) -> list[Submission]:
    """Return what was wrong with the reports of a day, whether they count or not, by member and as they came."""
    rows = Submission.objects.defer("document", "signature").filter(day=day).exclude(faults=[])
    return list(rows.order_by("member", "id"))


def find_submission(number: int) -> Submission | None:
    """Return one submission whole, or None."""
    return Submission.objects.filter(pk=number).first()


def list_missing(day: date, at: datetime) -> tuple[str, ...]:
    """Return the members whose aggregate of a day is overdue and has not come."""
    sent = Submission.objects.filter(day=day, is_counted=True).values_list("member", flat=True)
    return find_missing(list_members(), day, sent, at)


def list_series(code: str, *, days: Collection[date]) -> dict[date, dict[str, Counts]]:
    """Return the counts of an indicator by day and member."""
    found: dict[date, dict[str, Counts]] = defaultdict(dict)
    for row in MemberFigure.objects.filter(code=code, day__in=days).order_by("day", "member"):
        found[row.day][row.member] = Counts(row.numerator, row.denominator, row.population)
    return dict(found)
