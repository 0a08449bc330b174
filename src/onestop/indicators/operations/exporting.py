"""Writing everything that a stranger needs to count the figures again: `docs/recount-format.md`."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from onestop.accounts.rules import Principal
from onestop.errors import Refused
from onestop.facts.queries.entries import iterate_entries
from onestop.facts.rules.definitions import Definition
from onestop.facts.rules.figures import Figure
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.indicators.queries.definitions import list_definitions, list_schemes
from onestop.indicators.queries.figures import Survey, list_figures, list_rows, take_survey
from onestop.indicators.queries.procedures import list_procedure_facts
from onestop.indicators.queries.units import top_unit, unit_filter
from onestop.indicators.rules.duties import Duty, find_hindrances

FORMAT = "onestop-figures-1"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: rows a file."""

    folder: Path
    rows: dict[str, int]


def export_figures(
    folder: Path, *, as_of: datetime, period_from: datetime, known_at: datetime, by: Principal
) -> Exported:
    """Write entries, definitions, units, procedures and figures of all schemes to `folder`, and the manifest last.

    Nobody is named: who filed is a number that means nothing outside the export. Raises `Refused` for whoever has not
    the duty to export.
    """
    reasons = find_hindrances(Duty.EXPORT_FIGURES, by)
    if reasons:
        raise Refused("figures.not_permitted", reasons=reasons)
    day = as_of.astimezone(PROVINCE_ZONE).date()
    schemes = [name for name in list_schemes() if list_definitions(on=day, scheme=name)]
    surveys = [take_survey(as_of=as_of, period_from=period_from, known_at=known_at, scheme=name) for name in schemes]
    definitions = [_definition(item) for survey in surveys for item in survey.definitions if not item.no_data]
    figures = [figure for survey in surveys for figure in _figures(survey)]
    units = sorted({figure["unit"] for figure in figures})
    facts = list_procedure_facts(on=day, as_of=as_of, period_from=period_from, known_at=known_at)
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "entries.jsonl": _write_lines(folder / "entries.jsonl", iterate_entries(as_of=as_of, known_at=known_at)),
        "procedures.jsonl": _write_lines(folder / "procedures.jsonl", map(asdict, facts)),
        "definitions.json": _write_list(folder / "definitions.json", definitions),
        "units.json": _write_list(folder / "units.json", [_unit(code, survey=surveys[0]) for code in units]),
        "figures.json": _write_list(folder / "figures.json", figures),
    }
    manifest = {
        "format": FORMAT,
        "as_of": as_of.isoformat(),
        "period_from": period_from.isoformat(),
        "known_at": known_at.isoformat(),
        "zone": str(PROVINCE_ZONE),
        "files": files,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    return Exported(folder, {name: file["rows"] for name, file in files.items()})


def _figures(survey: Survey) -> Iterator[dict[str, Any]]:
    """Yield the figures of everything, of the province, and of each agency below it."""
    sets: list[Iterable[Figure]] = [list_figures(survey)]
    if top_unit():
        sets += [list_figures(survey, unit=top_unit())]
        sets += [row.figures for row in list_rows(survey, unit=top_unit())]
    for figures in sets:
        yield from (_figure(figure) for figure in figures if figure.is_known)


def _figure(figure: Figure) -> dict[str, Any]:
    counts = figure.counts
    return {
        "unit": figure.unit,
        "scheme": figure.definition.scheme,
        "code": figure.definition.code,
        "population": counts.population,
        "denominator": counts.denominator,
        "numerator": counts.numerator,
        "steps": list(counts.steps),
        "flags": {code: count for code, count in counts.flags.items() if count},
    }


def _definition(definition: Definition) -> dict[str, Any]:
    return {
        "scheme": definition.scheme,
        "code": definition.code,
        "version": definition.version,
        "subject": definition.subject.value,
        "form": definition.form.value,
        **{name: definition.texts[name] for name in ("population", "denominator", "numerator")},
        "steps": [{"code": step.code, "test": step.text} for step in definition.steps],
        "flags": [{"code": flag.code, "test": flag.text} for flag in definition.flags],
        "legal": list(definition.legal),
        "name": {language: words.name for language, words in definition.wording.items()},
    }


def _unit(code: str, *, survey: Survey) -> dict[str, Any]:
    units = unit_filter(code, on=survey.on)
    return {"code": code, "column": units.column, "codes": sorted(units.codes)}


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    with path.open("wb") as file:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
            file.write(line)
            digest.update(line)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _write_list(path: Path, rows: list[dict[str, Any]]) -> dict[str, Any]:
    raw = json.dumps(rows, ensure_ascii=False, indent=1).encode() + b"\n"
    path.write_bytes(raw)
    return {"rows": len(rows), "sha256": hashlib.sha256(raw).hexdigest()}
