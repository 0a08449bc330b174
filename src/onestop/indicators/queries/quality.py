"""What is wrong with the data behind the figures, before they are published (báo cáo chất lượng dữ liệu).

Most doubts are definitions of the scheme `quality` over the facts, so each opens the list of its dossiers. Four need
more than facts: applicants registered twice, empty files, applicants' own signatures that do not hold, and entries of
the journal that do not hold.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from onestop.facts.rules.figures import Figure
from onestop.indicators.queries.figures import Survey, list_figures
from onestop.indicators.queries.units import unit_filter
from onestop.journal.queries import find_last

SCHEME = "quality"
REGISTER, AUDITED = "quality", "audit_journal"
EMPTY_FILE = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # SHA-256 of nothing

_OF_UNIT = "JOIN agencies_unit AS unit ON unit.id = dossier.competent_unit_id"
_DOUBLED = f"""
SELECT count(DISTINCT dossier.id), count(DISTINCT dossier.id) FILTER (WHERE twin.id IS NOT NULL)
FROM dossiers_dossier AS dossier {_OF_UNIT}
    JOIN applicants_applicant AS applicant ON applicant.id = dossier.applicant_id
    LEFT JOIN applicants_applicant AS twin ON twin.id <> applicant.id AND twin.search_key = applicant.search_key
        AND twin.birth_date = applicant.birth_date AND twin.kind = applicant.kind
WHERE dossier.submitted_at BETWEEN %(period_from)s AND %(as_of)s AND (%(all)s OR unit.code = ANY(%(codes)s))
"""  # noqa: S608  no value in it
_EMPTY = f"""
SELECT count(*), count(*) FILTER (WHERE part.size = 0 OR part.sha256 = %(empty)s)
FROM dossiers_dossierpart AS part JOIN dossiers_dossier AS dossier ON dossier.id = part.dossier_id {_OF_UNIT}
WHERE part.given IN ('file', 'scan') AND dossier.submitted_at BETWEEN %(period_from)s AND %(as_of)s
    AND (%(all)s OR unit.code = ANY(%(codes)s))
"""  # noqa: S608  no value in it
_INVALID = f"""
SELECT count(*), count(*) FILTER (WHERE part.signature ->> 'outcome' = 'fails')
FROM dossiers_dossierpart AS part JOIN dossiers_dossier AS dossier ON dossier.id = part.dossier_id {_OF_UNIT}
WHERE part.signature IS NOT NULL AND dossier.submitted_at BETWEEN %(period_from)s AND %(as_of)s
    AND (%(all)s OR unit.code = ANY(%(codes)s))
"""  # noqa: S608  no value in it


@dataclass(frozen=True, slots=True)
class Check:
    """A doubt that facts do not show: how many of how many. None: it was not looked at.

    `at` says when it was looked at, if that was not now.
    """

    code: str
    found: int | None
    of: int | None
    at: datetime | None = None

    @property
    def share(self) -> float | None:
        """The share of 0..1; None of nothing."""
        return self.found / self.of if self.of and self.found is not None else None


@dataclass(frozen=True, slots=True)
class Quality:
    """The whole report on the data of a unit: doubts over facts, and the other checks."""

    doubts: tuple[Figure, ...]
    checks: tuple[Check, ...]

    @property
    def raised(self) -> int:
        """How many doubts and checks found something."""
        return sum(bool(doubt.numerator) for doubt in self.doubts) + sum(bool(check.found) for check in self.checks)

    @property
    def is_clean(self) -> bool:
        """True if nothing was found among what was looked at."""
        return not self.raised


def find_quality(survey: Survey, *, unit: str = "") -> Quality:
    """Return the report on the data of a unit. `survey` is one of the scheme `quality`.

    Of the journal it tells what the last check of every entry found (`operations.auditing`).
    """
    units = unit_filter(unit, on=survey.on)
    asked: dict[str, Any] = {
        "period_from": survey.period_from, "as_of": survey.as_of, "all": not units.column,
        "codes": sorted(units.codes), "empty": EMPTY_FILE,
    }  # fmt: skip
    checks = (
        _count("duplicate_applicant", _DOUBLED, asked),
        _count("empty_file", _EMPTY, asked),
        _count("invalid_signature", _INVALID, asked),
        _last_audit(),
    )
    return Quality(list_figures(survey, unit=unit), checks)


def _last_audit() -> Check:
    last = find_last(REGISTER, AUDITED)
    if last is None:
        return Check("broken_entry", None, None)
    return Check("broken_entry", last.payload["breaks"], last.payload["entries"], last.recorded_at)


def _count(code: str, sql: str, asked: dict[str, Any]) -> Check:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        of, found = cursor.fetchone()
    return Check(code, found, of)
