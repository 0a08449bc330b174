"""Which agency may decide at all."""

import pytest

from onestop.agencies.rules import UnitKind
from onestop.intake.rules.competence import may_decide


@pytest.mark.parametrize(
    ("kind", "levels", "may"),
    [
        (UnitKind.COMMUNE, ["commune"], True),
        (UnitKind.COMMUNE, ["central", "commune"], True),
        (UnitKind.COMMUNE, ["district"], True),  # what districts did until July 2025
        (UnitKind.COMMUNE, [], True),
        (UnitKind.COMMUNE, ["province"], False),
        (UnitKind.COMMUNE, ["central"], False),
        (UnitKind.DEPARTMENT, ["province"], True),
        (UnitKind.DEPARTMENT, ["commune"], False),
        (UnitKind.PROVINCE, ["province", "central"], True),
        (UnitKind.DESK, ["commune"], False),
        (UnitKind.DIVISION, [], False),
        (UnitKind.CENTRE, ["province"], False),
        (UnitKind.DISTRICT, ["district"], False),  # gone since July 2025
    ],
)
def test_kind_and_level(kind: UnitKind, levels: list[str], may: bool) -> None:
    assert may_decide(kind, levels) is may
