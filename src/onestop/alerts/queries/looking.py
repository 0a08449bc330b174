"""Looking at figures and at what keeps them: everything that may be worth an alert. Counts nothing itself."""

from datetime import datetime
from fractions import Fraction

from django.db import connection

from onestop.alerts.rules.episodes import Finding
from onestop.alerts.rules.findings import (
    Count,
    Doubt,
    Line,
    find_broken,
    find_differences,
    find_doubtful,
    find_made,
    find_slips,
    find_standing,
)
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.indicators.models import CubeState
from onestop.indicators.queries.alarms import SCHEME as ALARMS
from onestop.indicators.queries.alarms import list_peers
from onestop.indicators.queries.figures import list_rows, take_survey
from onestop.indicators.queries.quality import AUDITED, REGISTER
from onestop.indicators.queries.quality import SCHEME as QUALITY
from onestop.indicators.queries.reconciliation import reconcile
from onestop.indicators.queries.units import top_unit
from onestop.indicators.rules.alarms import Alarm, judge_alarms
from onestop.journal.queries import find_last
from onestop.journal.queries.snapshots import one_moment
from onestop.plans.queries.plans import find_plan
from onestop.plans.queries.progress import take_progress

_LONGEST_WAITING = """
SELECT entry.recorded_at FROM journal_logqueue waiting JOIN journal_journalentry entry ON entry.id = waiting.entry
ORDER BY waiting.entry LIMIT 1
"""


def look_at_figures(*, at: datetime) -> tuple[Finding, ...]:
    """Return what is wrong with the figures of the year so far: targets, signs of gaming, data, counts."""
    day, top = at.astimezone(PROVINCE_ZONE).date(), top_unit()
    return (
        *find_slips(_lines(at), day),
        *find_made(_signs(at, top), day),
        *find_doubtful(_doubts(at, top), day),
        *find_differences(_counts(at), top),
        *find_broken(*_last_audit(), top),
    )


def look_at_machinery(*, at: datetime) -> tuple[Finding, ...]:
    """Return what stands still: the cube of figures, the public log."""
    cube_at = CubeState.objects.values_list("as_of", flat=True).first()
    with connection.cursor() as cursor:
        cursor.execute(_LONGEST_WAITING)
        row = cursor.fetchone()
    return find_standing(cube_at=cube_at, waiting_since=row[0] if row else None, top=top_unit(), at=at)


def _lines(at: datetime) -> list[Line]:
    plan = find_plan(at.astimezone(PROVINCE_ZONE).year)
    if plan is None:
        return []
    return [
        Line(
            line.unit,
            line.indicator,
            Fraction(line.target),
            line.judgement.percent,
            line.judgement.forecast,
            line.figure.denominator if line.figure else 0,
        )
        for unit in take_progress(plan, as_of=at).units
        for line in unit.lines
    ]


def _signs(at: datetime, top: str) -> dict[str, tuple[Alarm, ...]]:
    survey = take_survey(as_of=at, scheme=ALARMS)
    rows = list_rows(survey, unit=top)
    counted = [item.code for item in survey.definitions if not item.no_data]
    return {code: judge_alarms(list_peers(rows, code)) for code in counted}


def _doubts(at: datetime, top: str) -> list[Doubt]:
    rows = list_rows(take_survey(as_of=at, scheme=QUALITY), unit=top)
    return [
        Doubt(row.unit, figure.definition.code, figure.numerator, figure.denominator)
        for row in rows
        for figure in row.figures
        if figure.is_known
    ]


def _counts(at: datetime) -> list[Count]:
    """Return what differs twice in a row: during a first look somebody may have filed between two statements."""
    before = {count.code for count in _differing(at)}
    return [count for count in _differing(at) if count.code in before] if before else []


def _differing(at: datetime) -> list[Count]:
    with one_moment():
        counters = [item for item in reconcile(as_of=at) if not item.agrees]
    return [Count(f"{item.code}:{item.left}:{item.right}", item.left_count, item.right_count) for item in counters]


def _last_audit() -> tuple[int, int]:
    """Return how many entries broke, of how many, when the whole journal was last checked; 0 if it never was."""
    last = find_last(REGISTER, AUDITED)
    return (last.payload["breaks"], last.payload["entries"]) if last else (0, 0)
