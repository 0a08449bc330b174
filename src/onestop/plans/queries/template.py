"""The table of targets to be filled in, with units, indicators and posts already there (biểu mẫu nhập chỉ tiêu)."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from onestop.plans.models import Plan, PlanLine
from onestop.plans.queries.measures import list_measures
from onestop.plans.queries.plans import find_draft, find_version_in_force, list_lines
from onestop.plans.queries.reference import is_cascaded, leader_posts, list_indicators, list_planned_units
from onestop.plans.rules.importing import COLUMNS
from onestop.plans.rules.measures import Direction, Kind, Measure

HEAD = ("year", "unit", "unit_name", "indicator", "indicator_name", "target", "weight", "document", "page", "post")
NAMES = {"unit_name": "Tên đơn vị", "indicator_name": "Tên chỉ số"}
WIDTHS = {"unit_name": 38, "indicator_name": 46, "indicator": 34, "document": 40, "post": 14}
FILLED = ("FULL_PROCESS", "WHOLLY_ONLINE", "ON_TIME_BY_LAW", "DIGITISED_AT_RECEPTION")
"""Without a plan yet, these indicators stand in the table; all others are named on the second sheet."""


def make_template(*, year: int, plan: Plan | None, on: date) -> bytes:
    """Return an XLSX: one row a unit and indicator, with what the draft (or the version in force) says already."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Chỉ tiêu"
    _fill(sheet, [_headings(), *_rows(year, plan, on)])
    sheet.freeze_panes = "A2"
    _fill(book.create_sheet("Danh mục chỉ số"), [("Mã", "Tên", "Chỉ tiêu ghi bằng"), *_catalogue(on)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _headings() -> list[str]:
    return [NAMES.get(name) or COLUMNS[name][0].capitalize() for name in HEAD]


def _rows(year: int, plan: Plan | None, on: date) -> list[list[object]]:
    units = list_planned_units(on)
    names = {code: name for code, name, _ in _catalogue(on)}
    leaders = leader_posts(unit.pk for unit in units)
    known = _known(plan)
    codes = list(dict.fromkeys(code for _, code in known)) or list(FILLED)
    top = units[0].code
    cascaded = {item.code for item in list_indicators(on) if is_cascaded(item)} | {
        item.code for item in list_measures(on)
    }
    rows: list[list[object]] = []
    for unit in units:
        post = leaders[unit.pk].code if unit.pk in leaders else ""
        for code in codes:
            if unit.code != top and code not in cascaded:
                continue
            target, weight, document, page, answers = known.get((unit.code, code), (None, 1, "", "", post))
            row = [year, unit.code, unit.name(), code, names.get(code, code), target, weight, document, page, answers]
            rows.append(row)
    return rows


def _known(plan: Plan | None) -> dict[tuple[str, str], tuple[float | str, int, str, str, str]]:
    version = plan and (find_draft(plan) or find_version_in_force(plan, plan.changed_at))
    if not version:
        return {}
    return {
        (line.unit.code, line.indicator): (
            _written(line), line.weight, line.document, line.page, line.post.code if line.post else "",
        )
        for line in list_lines(version)
    }  # fmt: skip


def _written(line: PlanLine) -> float | str:
    return "có" if Kind(line.kind) is Kind.DONE else float(line.target)


def _catalogue(on: date) -> list[tuple[str, str, str]]:
    """What can have a target: its code, its name, what is written as its target."""
    shares = [(item.code, item.wording["vi"].name, "%") for item in list_indicators(on)]
    others = [(item.code, item.words["vi"].name, _unit(item)) for item in list_measures(on)]
    return shares + others


def _unit(measure: Measure) -> str:
    if measure.kind is Kind.DONE:
        return "có"
    side = "từ" if measure.direction is Direction.AT_LEAST else "không quá"
    return f"{side} … {measure.words['vi'].unit}"


def _fill(sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in range(1, len(rows[0]) + 1):
        name = HEAD[column - 1] if len(rows[0]) == len(HEAD) else "indicator"
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 12)
