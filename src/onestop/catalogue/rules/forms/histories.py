"""A history of residence without gaps: what the declaration for a criminal record certificate asks.

Source: Circular 06/2024/TT-BTP, form 03/2024/LLTP (residence from the age of fourteen on).
"""

from collections.abc import Mapping, Sequence
from typing import Any

AGE = 14


def find_history_faults(rows: Sequence[Mapping[str, Any]], birth_date: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return what is wrong with a history of rows `from`, `to` (months): code and parameters.

    `table.backwards` a row ends before it begins; `table.starts_late` it begins after the month of the fourteenth
    birthday; `table.gap` a month between two rows belongs to none.
    """
    spans = sorted((_month(row.get("from")), _month(row.get("to"))) for row in rows)
    faults: list[tuple[str, dict[str, Any]]] = []
    if any(until < start for start, until in spans):
        faults.append(("table.backwards", {}))
    born = _month(birth_date)
    if spans and born and spans[0][0] > born + AGE * 12:
        faults.append(("table.starts_late", {"from": _written(born + AGE * 12)}))
    reached = spans[0][1] if spans else 0
    for start, until in spans[1:]:
        if start > reached + 1:
            faults.append(("table.gap", {"from": _written(reached + 1), "to": _written(start - 1)}))
        reached = max(reached, until)
    return faults


def _month(value: Any) -> int:
    text = str(value or "")
    return int(text[:4]) * 12 + int(text[5:7]) - 1 if len(text) >= 7 else 0


def _written(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"
