"""A small province: a department, two communes of today, one of yesterday that went into the first."""

from datetime import date

import pytest

from onestop.agencies.models import Succession, Unit
from onestop.agencies.rules import UnitKind

UNITS = (
    ("H49", "province", None, None),
    ("H49.08", "department", "H49", None),
    ("H49.08.01", "division", "H49.08", None),
    ("H49.99", "centre", "H49", None),
    ("H49.99.01", "desk", "H49.99", None),
    ("H49.30", "commune", "H49", None),
    ("H49.30.01", "desk", "H49.30", None),
    ("H49.31", "commune", "H49", None),
    ("H49.07", "commune", "H49", date(2025, 7, 1)),
)


@pytest.fixture
def province(db: None) -> dict[str, int]:
    """Return the ids of the units by code."""
    ids: dict[str, int] = {}
    for code, kind, parent, until in UNITS:
        row = Unit.objects.create(
            code=code,
            kind=UnitKind(kind),
            parent_id=ids.get(parent or ""),
            path=f"{code}/",
            names={"vi": f"Đơn vị {code}", "en": f"Unit {code}"},
            valid_until=until,
        )
        ids[code] = row.pk
    Succession.objects.create(
        predecessor_id=ids["H49.07"], successor_id=ids["H49.30"], share="whole", is_main=True, on=date(2025, 7, 1)
    )
    return ids
