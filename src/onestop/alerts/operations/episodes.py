"""Beginning an alert and ending it: one row, one entry of the journal, told to the posts that the entry names."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onestop.accounts.rules import SYSTEM
from onestop.agencies.queries import get_unit
from onestop.alerts.models import Alert
from onestop.alerts.queries.answerable import posts_for
from onestop.alerts.rules.episodes import Finding
from onestop.journal.models import JournalEntry
from onestop.journal.operations import record_in_register
from onestop.notices.rules.messages import END, RAISE

REGISTER = "alerts"


@transaction.atomic
def raise_alert(finding: Finding, *, at: datetime) -> Alert:
    """Begin an alert and tell those who answer for it."""
    posts = list(posts_for(finding, at=at))
    facts = dict(finding.facts)
    entry = _enter(RAISE, finding.kind, finding.unit, finding.subject, facts, posts, at)
    return Alert.objects.create(
        kind=finding.kind,
        unit=get_unit(finding.unit),
        subject=finding.subject,
        facts=facts,
        posts=posts,
        begun_at=at,
        begun_entry=entry.pk,
    )


@transaction.atomic
def end_alert(alert: Alert, *, at: datetime) -> Alert:
    """End an alert: it has recovered. Whoever was told that it began is told so, and since when it had lasted."""
    facts = {**alert.facts, "begun_at": alert.begun_at.isoformat()}
    entry = _enter(END, alert.kind, alert.unit.code, alert.subject, facts, alert.posts, at)
    alert.ended_at, alert.ended_entry = at, entry.pk
    alert.save(update_fields=["ended_at", "ended_entry"])
    return alert


def _enter(
    deed: str, kind: str, unit: str, subject: str, facts: dict[str, Any], posts: list[str], at: datetime
) -> JournalEntry:
    told = {"kind": str(kind), "unit": unit, "subject": subject, **facts, "posts": posts}
    return record_in_register(REGISTER, kind=deed, by=SYSTEM, at=at, payload=told)
