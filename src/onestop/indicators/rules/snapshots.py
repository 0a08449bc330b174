"""What is written into a snapshot, and its hash: plain whole numbers and names, in one canonical form.

The list of dossiers is hashed as text: a line a dossier in the order of codes, `code`, a tab, and for each definition
over dossiers, in their order, `2` (numerator), `1` (denominator only) or `0`; a dossier that is nowhere is left out.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onestop.facts.rules.figures import Figure

FORMAT = "onestop-snapshot-1"


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is not what a snapshot says: the two numbers signed for, and those known now."""

    unit: str
    code: str
    signed: tuple[int, int]
    known: tuple[int, int]


def content_hash(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a snapshot's content in its canonical form: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def list_hash(lines: Iterable[tuple[str, str]]) -> tuple[int, str]:
    """Return how many dossiers there are, and the hash of their list; pairs of code and marks, in any order."""
    digest, count = hashlib.sha256(), 0
    for code, marks in sorted(lines):
        if marks.strip("0"):
            digest.update(f"{code}\t{marks}\n".encode())
            count += 1
    return count, digest.hexdigest()


def figure_content(figure: Figure) -> dict[str, Any]:
    """Return what a snapshot keeps of one figure: whole numbers only; nothing but the reason if it has no number."""
    definition, counts = figure.definition, figure.counts
    kept: dict[str, Any] = {"scheme": definition.scheme, "code": definition.code, "version": definition.version}
    if not figure.is_known:
        return {**kept, "no_data": definition.no_data}
    return {
        **kept,
        "population": counts.population,
        "denominator": counts.denominator,
        "numerator": counts.numerator,
        "steps": list(counts.steps),
        "flags": {code: count for code, count in counts.flags.items() if count},
    }


def find_moved(signed: Mapping[str, Any], known: Mapping[str, Any]) -> tuple[Moved, ...]:
    """Return each figure, of the unit and of those below it, that differs between two contents."""
    before, after = _by_name(signed), _by_name(known)
    moved = []
    for name in dict.fromkeys([*before, *after]):
        old, new = _pair(before.get(name)), _pair(after.get(name))
        if old != new:
            moved.append(Moved(name[0], name[1], old, new))
    return tuple(moved)


def _by_name(content: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    sets: Sequence[tuple[str, Sequence[Mapping[str, Any]]]] = [
        (content["unit"], content["figures"]),
        *((row["unit"], row["figures"]) for row in content["units"]),
    ]
    return {(unit, figure["code"]): figure for unit, figures in sets for figure in figures}


def _pair(figure: Mapping[str, Any] | None) -> tuple[int, int]:
    return (figure.get("numerator", 0), figure.get("denominator", 0)) if figure else (0, 0)
