"""Finding a procedure by what a person types: words without marks, in Vietnamese, English or Urdu, or a code.

Three tries, each only if the one before found nothing: a code; all words (the last one may be unfinished); words that
look alike. What stands first is decided by how the phrase meets the name, then by how everyday the procedure is.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.db import connection

from onestop.catalogue.rules.words import accented, core_of, fold, has_marks

LONGEST_QUERY = 200
MOST_WORDS = 12
_CODE = re.compile(r"[0-9]\.[0-9]{1,6}")

_COLUMNS = """p.code, p.names, s.code AS sector, s.names AS sector_names, p.levels, p.applicant_kinds, p.state,
    p.applicability, p.is_curated"""
_FROM = "FROM catalogue_procedure p JOIN catalogue_sector s ON s.id = p.sector_id"

_BY_CODE = f"""SELECT {_COLUMNS}, 100 AS points {_FROM}
    WHERE p.code LIKE %(code)s ORDER BY p.code LIMIT %(limit)s"""

_POINTS = """p.prominence
    + CASE WHEN p.search_name = %(name)s THEN 60
           WHEN p.search_name LIKE %(starts)s THEN 24
           WHEN p.search_name LIKE %(holds)s THEN 16 ELSE 0 END
    + CASE WHEN p.search_other LIKE %(other_is)s THEN 50
           WHEN p.search_other LIKE %(other_starts)s THEN 26
           WHEN p.search_other LIKE %(holds)s THEN 18 ELSE 0 END
    + CASE WHEN %(marked)s AND p.search_accented LIKE %(accented)s THEN 14 ELSE 0 END
    - ln(length(p.search_name)) * 5"""

_BY_WORDS = f"""SELECT found.* FROM (
      SELECT {_COLUMNS}, {_POINTS} AS points {_FROM} WHERE p.search_vector @@ %(words)s::tsquery
    ) found ORDER BY points DESC, code LIMIT %(limit)s"""  # noqa: S608

_BY_LIKENESS = f"""SELECT {_COLUMNS}, word_similarity(%(name)s, p.search_words) * 60 + p.prominence * 0.5 AS points
    {_FROM} WHERE %(name)s <%% p.search_words ORDER BY points DESC, p.code LIMIT %(limit)s"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One procedure found. `name` and `sector_name` are in the asked language where there is one."""

    code: str
    name: str
    sector: str
    sector_name: str
    levels: tuple[str, ...]
    applicant_kinds: tuple[str, ...]
    state: str
    applicability: str
    is_curated: bool
    points: float


def search_procedures(words: str, *, limit: int = 20, language: str = "vi") -> list[Hit]:
    """Return the procedures that fit, the best first; none for words that hold neither letter nor digit."""
    name = core_of(fold(words[:LONGEST_QUERY]))
    if not name:
        return []
    if _CODE.fullmatch(name):
        return _hits(_BY_CODE, {"code": f"{name}%", "limit": limit}, language)
    values = _values(words[:LONGEST_QUERY], name, limit)
    return _hits(_BY_WORDS, values, language) or _hits(_BY_LIKENESS, values, language)


def _values(words: str, name: str, limit: int) -> dict[str, Any]:
    parts = name.split()[:MOST_WORDS]
    return {
        "name": name,
        "starts": f"{name}%",
        "holds": f"%{name}%",
        "other_is": f"%|{name}|%",
        "other_starts": f"%|{name}%",
        "marked": has_marks(words),
        "accented": f"%{accented(words)}%",
        "words": " & ".join([*(f"'{part}'" for part in parts[:-1]), f"'{parts[-1]}':*"]),
        "limit": limit,
    }


def _hits(statement: str, values: dict[str, Any], language: str) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_hit(row, language) for row in cursor.fetchall()]


def _hit(row: tuple[Any, ...], language: str) -> Hit:
    code, names, sector, sector_names, levels, kinds, state, applicability, is_curated, points = row
    return Hit(
        code=code,
        name=_named(names, language),
        sector=sector,
        sector_name=_named(sector_names, language),
        levels=tuple(levels),
        applicant_kinds=tuple(kinds),
        state=state,
        applicability=applicability,
        is_curated=is_curated,
        points=round(float(points), 2),
    )


def _named(names: Any, language: str) -> str:
    found: dict[str, str] = json.loads(names) if isinstance(names, str) else names
    return found.get(language) or found["vi"]
