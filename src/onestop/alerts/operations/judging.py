"""Judging what is wrong: what is new begins an alert, what has recovered ends one, all else stays as it was told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from onestop.alerts.operations.episodes import end_alert, raise_alert
from onestop.alerts.queries.alerts import open_keys
from onestop.alerts.queries.looking import look_at_figures, look_at_machinery
from onestop.alerts.rules.episodes import Finding, find_turns
from onestop.alerts.rules.kinds import OF_FIGURES, OF_MACHINERY, AlertKind


@dataclass(frozen=True, slots=True)
class Judged:
    """How many alerts began and how many are over."""

    begun: int
    ended: int


def judge_figures(*, at: datetime) -> Judged:
    """Judge targets, signs of gaming, data and counts: once a day, since figures turn slowly."""
    return _settle(look_at_figures(at=at), OF_FIGURES, at)


def judge_machinery(*, at: datetime) -> Judged:
    """Judge whether the cube and the public log move on: every few minutes."""
    return _settle(look_at_machinery(at=at), OF_MACHINERY, at)


@transaction.atomic
def _settle(findings: Sequence[Finding], looked_at: Collection[AlertKind], at: datetime) -> Judged:
    """Two at once wait for each other; the second finds what the first has begun."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('alerts', 0))")
    known = open_keys()
    turns = find_turns(known, findings, looked_at)
    for finding in turns.begins:
        raise_alert(finding, at=at)
    for key in turns.ends:
        end_alert(known[key], at=at)
    return Judged(len(turns.begins), len(turns.ends))
