"""`onestop scorecard`: points from counts, by the rules the national portal was seen to use."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from onestop.cli.answers import answer, json_option
from onestop.errors import Invalid
from onestop.indicators.queries.schemes import OBSERVED, get_scheme, get_scheme_note
from onestop.indicators.rules.scorecard import GroupScore, read_counts, score_groups


@click.command()
@click.option(
    "--counts", "path", required=True, metavar="FILE", help="JSON with counts by unit; - reads standard input."
)
@click.option("--scheme", default=OBSERVED, show_default=True, metavar="ID", help="By which scheme.")
@json_option
def scorecard(path: str, scheme: str, as_json: bool) -> None:
    """Give points for counted criteria, unit by unit. What is not known stays unknown: it is never 0, never guessed.

    FILE holds `provinces` (or `units`): a name for each unit, its `metrics` with `code`, `numerator`, `denominator`,
    its `payment` with `A`, `B` and, if known, `C`; a commune says `"level": "commune"`.
    """
    units = [_unit(code, raw, scheme) for code, raw in _read(path).items()]
    answer({"scheme": scheme, **get_scheme_note(scheme), "units": units}, _text(units), as_json=as_json)


def _unit(code: str, raw: dict[str, Any], scheme: str) -> dict[str, Any]:
    try:
        counts = read_counts(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid("scorecard.counts_unreadable", unit=code, reason=repr(error)) from error
    groups = score_groups(get_scheme(scheme), counts, is_commune=raw.get("level") == "commune")
    return {
        "unit": code,
        "name": raw.get("name", ""),
        "points": float(sum(group.points for group in groups)),
        "max_points": sum(group.max_points for group in groups),
        "unresolved_points": float(sum(group.unresolved_points for group in groups)),
        "groups": [_group(group) for group in groups],
        "criteria": [{"group": group.code, **item} for group in groups for item in _group(group)["criteria"]],
    }


def _group(group: GroupScore) -> dict[str, Any]:
    is_unknown = all(item.points is None for item in group.scores)
    return {
        "code": group.code,
        "points": None if is_unknown else float(group.points),
        "max_points": group.max_points,
        "unresolved_points": float(group.unresolved_points),
        "flag": "unresolved" if is_unknown else "incomplete" if group.unresolved_points else "",
        "criteria": [
            {
                "code": item.code,
                "numerator": item.numerator,
                "denominator": item.denominator,
                "points": None if item.points is None else float(item.points),
                "max_points": None if item.max_points is None else float(item.max_points),
                "flag": item.flag,
            }
            for item in group.scores
        ],
    }


def _read(path: str) -> dict[str, Any]:
    try:
        raw = json.loads(sys.stdin.read() if path == "-" else Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Invalid("file.unreadable", path=path, reason=str(error)) from error
    found = (raw.get("provinces") or raw.get("units")) if isinstance(raw, dict) else None
    if not isinstance(found, dict) or not all(isinstance(unit, dict) for unit in found.values()):
        raise Invalid("scorecard.no_units", path=path)
    return found


def _text(units: list[dict[str, Any]]) -> str:
    lines = []
    for unit in units:
        lines.append(f"{unit['unit']} {unit['name']}: {unit['points']:.2f} of {unit['max_points']}")
        lines[-1] += f", {unit['unresolved_points']:g} points not known" if unit["unresolved_points"] else ""
        for item in unit["criteria"]:
            shown = "     -" if item["points"] is None else f"{item['points']:6.2f}"
            counts = "" if item["denominator"] is None else f"{item['numerator']}/{item['denominator']}"
            most = "" if item["max_points"] is None else f"/{item['max_points']:g}"
            lines.append(f"  {item['group']:6} {item['code']:36} {shown}{most:4} {counts:18} {item['flag']}".rstrip())
    return "\n".join(lines)
