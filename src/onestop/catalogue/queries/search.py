"""Finding a procedure by what a person types: words without marks, in Vietnamese, English or Urdu, or a code.

Each try only if the one before found nothing: a code; all words, the last perhaps unfinished; all words, mended where
mistyped; some of the words, the telling ones first; words that look alike. What stands first is decided by how the
phrase meets the name, then by how everyday the procedure is.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.db import connection

from onestop.catalogue.queries.search_words import known_words, weight
from onestop.catalogue.rules.spelling import correct
from onestop.catalogue.rules.words import accented, core_of, fold, has_marks, searched

LONGEST_QUERY = 200
MOST_WORDS = 12
_CODE = re.compile(r"[0-9]\.[0-9]{1,6}")

_COLUMNS = """p.code, p.names, s.code AS sector, s.names AS sector_names, p.levels, p.applicant_kinds, p.state,
    p.applicability, p.is_curated"""
_FROM = "FROM catalogue_procedure p JOIN catalogue_sector s ON s.id = p.sector_id"

_BY_CODE = f"""SELECT {_COLUMNS}, 100 AS points {_FROM}
    WHERE p.code LIKE %(code)s ORDER BY p.code LIMIT %(limit)s"""

_POINTS = """p.prominence
    + CASE WHEN p.search_name = ANY(%(name)s) THEN 60
           WHEN p.search_name LIKE ANY(%(starts)s) THEN 24
           WHEN p.search_name LIKE ANY(%(holds)s) THEN 16 ELSE 0 END
    + CASE WHEN p.search_other LIKE ANY(%(other_is)s) THEN 50
           WHEN p.search_other LIKE ANY(%(other_starts)s) THEN 26
           WHEN p.search_other LIKE ANY(%(holds)s) THEN 18 ELSE 0 END
    + CASE WHEN %(marked)s AND p.search_accented LIKE %(accented)s THEN 14 ELSE 0 END
    - ln(length(p.search_name)) * 5"""

_BEST = """WITH best AS (
      SELECT p.id, {points} AS points FROM catalogue_procedure p WHERE p.search_vector @@ %(words)s::tsquery
      ORDER BY points DESC, p.code LIMIT %(limit)s)
    SELECT {columns}, best.points {source} JOIN best ON best.id = p.id ORDER BY best.points DESC, p.code"""

_BY_WORDS = _BEST.format(points=_POINTS, columns=_COLUMNS, source=_FROM)

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
    words = words[:LONGEST_QUERY]
    name = core_of(searched(words))
    if not name:
        return []
    if _CODE.fullmatch(name):
        return _hits(_BY_CODE, {"code": f"{name}%", "limit": limit}, language)
    found = _all_words(words, name, limit, language)
    if found:
        return found
    known = known_words()
    parts = name.split()[:MOST_WORDS]
    mended = " ".join(correct(part, known) for part in parts)
    if mended != name:
        found = _all_words(words, mended, limit, language)
    return found or _some_words(mended.split(), known, limit, language) or _alike(name, limit, language)


def _all_words(words: str, name: str, limit: int, language: str) -> list[Hit]:
    parts = name.split()[:MOST_WORDS]
    unfinished = fold(words).split()[-1:]  # what is typed so far of "sinh" is not the word "sỉ"
    endings = list(dict.fromkeys([parts[-1], *(unfinished if len(parts) == len(name.split()) else ())]))
    phrases = [" ".join([*parts[:-1], ending]) for ending in endings]
    last = " | ".join(f"'{ending}':*" for ending in endings)
    values = {
        "name": phrases,
        "starts": [f"{phrase}%" for phrase in phrases],
        "holds": [f"%{phrase}%" for phrase in phrases],
        "other_is": [f"%|{phrase}|%" for phrase in phrases],
        "other_starts": [f"%|{phrase}%" for phrase in phrases],
        "marked": has_marks(words),
        "accented": f"%{accented(words)}%",
        "words": " & ".join([*(f"'{part}'" for part in parts[:-1]), f"({last})"]),
        "limit": limit,
    }
    return _hits(_BY_WORDS, values, language)


def _some_words(parts: list[str], known: Any, limit: int, language: str) -> list[Hit]:
    weights = {part: weight(part, known) for part in dict.fromkeys(parts)}
    telling = [part for part, value in weights.items() if value > 0]
    if len(telling) < 2:
        return []
    values: dict[str, Any] = {"words": " | ".join(f"'{part}'" for part in telling), "limit": limit}
    points = ["p.prominence * 0.3"]
    for place, part in enumerate(telling):
        values |= {f"word{place}": f"'{part}'", f"weight{place}": weights[part]}
        points.append(f"CASE WHEN p.search_vector @@ %(word{place})s::tsquery THEN %(weight{place})s ELSE 0 END")
    return _hits(_BEST.format(points=" + ".join(points), columns=_COLUMNS, source=_FROM), values, language)


def _alike(name: str, limit: int, language: str) -> list[Hit]:
    return _hits(_BY_LIKENESS, {"name": name, "limit": limit}, language)


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


def _named(names: str | dict[str, str], language: str) -> str:
    found: dict[str, str] = json.loads(names) if isinstance(names, str) else names
    return found.get(language) or found["vi"]
