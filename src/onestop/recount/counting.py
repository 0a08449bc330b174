"""Counts every figure of an export and holds it against what the export says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from onestop.recount.facts import Facts, all_dossiers, all_procedures
from onestop.recount.language import compile_test
from onestop.recount.petitions import all_petitions
from onestop.recount.reading import Export


@dataclass(frozen=True, slots=True)
class Deviation:
    """A figure that comes out otherwise: what the export says, and what was counted."""

    unit: str
    scheme: str
    code: str
    said: dict[str, Any]
    counted: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a recount."""

    figures: int
    dossiers: int
    deviations: tuple[Deviation, ...]

    @property
    def agrees(self) -> bool:
        """True if every figure comes out as the export says; an export without figures shows nothing."""
        return self.figures > 0 and not self.deviations


def recount(export: Export) -> Verdict:
    """Count every figure that an export holds."""
    dossiers, procedures = all_dossiers(export), all_procedures(export)
    about = {"dossier": dossiers, "grouped": dossiers, "procedure": procedures, "petition": all_petitions(export)}
    definitions = {(item["scheme"], item["code"]): item for item in export.definitions}
    units = {item["code"]: item for item in export.units}
    deviations = []
    inside: dict[tuple[str, str], list[Facts]] = {}
    for figure in export.figures:
        definition = definitions[figure["scheme"], figure["code"]]
        key = (figure["unit"], definition["subject"])
        if key not in inside:
            unit = units[figure["unit"]]
            inside[key] = [item for item in about[definition["subject"]] if _belongs(item, unit)]
        counted, said = count(definition, inside[key]), _said(figure)
        if counted != said:
            deviations.append(Deviation(figure["unit"], figure["scheme"], figure["code"], said, counted))
    return Verdict(len(export.figures), len(dossiers), tuple(deviations))


def count(definition: dict[str, Any], items: Iterable[Facts]) -> dict[str, Any]:
    """Return the numbers of one definition over facts; doubts that nobody gives rise to are left out."""
    population = _passing(items, definition["population"])
    denominator = _passing(population, definition["denominator"])
    steps, left = [], denominator
    for step in definition["steps"]:
        left = _passing(left, step["test"])
        steps.append(len(left))
    flags = {flag["code"]: len(_passing(denominator, flag["test"])) for flag in definition["flags"]}
    if definition["subject"] != "procedure":
        flags["late_entries"] = sum(item["late_entries"] > 0 for item in denominator)
    return {
        "population": len(population),
        "denominator": len(denominator),
        "numerator": len(_passing(denominator, definition["numerator"])),
        "steps": steps,
        "flags": {code: number for code, number in flags.items() if number},
    }


def _passing(items: Iterable[Facts], text: str) -> list[Facts]:
    test = compile_test(text)
    return [item for item in items if test(item)]


def _belongs(item: Facts, unit: dict[str, Any]) -> bool:
    """Units share procedures: those always count whole."""
    return not unit["column"] or "agency" not in item or item[unit["column"]] in unit["codes"]


def _said(figure: dict[str, Any]) -> dict[str, Any]:
    return {name: figure[name] for name in ("population", "denominator", "numerator", "steps", "flags")}
