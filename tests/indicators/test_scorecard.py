"""Points recomputed from the portal's own counts agree with the portal's points; what is unknown stays unknown."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onestop.cli.scorecard import scorecard
from onestop.indicators.queries.schemes import get_scheme
from onestop.indicators.rules.scorecard import Counted, read_counts, score, score_groups

GOLDEN = Path(__file__).parent / "data" / "portal_2026-10-10.json"
PROVINCES: dict[str, Any] = json.loads(GOLDEN.read_text())["provinces"]
CRITERIA = {item.code: item for group in get_scheme() for item in group.criteria}


@pytest.mark.parametrize("code", PROVINCES)
def test_the_portals_points_are_reproduced(code: str) -> None:
    province = PROVINCES[code]
    groups = score_groups(get_scheme(), read_counts(province))
    points = {item.code: item.points for group in groups for item in group.scores}
    for metric in province["metrics"]:
        found = points[metric["code"]]
        assert found is not None
        assert abs(float(found) - metric["portal_score"]) <= 0.0105, metric["code"]
    assert abs(float(points["PAY_DOSSIER"] or 0) - province["payment"]["A_part"]) <= 0.0105
    assert abs(float(points["PAY_TRANSACTION"] or 0) - province["payment"]["B_part"]) <= 0.0105
    for group in groups:
        if group.code not in ("ONLINE", "TTTT"):
            assert abs(float(group.points) - province["groups"][group.code]) <= 0.0205, group.code


def test_online_is_unresolved_and_gives_no_points() -> None:
    online = next(
        group for group in score_groups(get_scheme(), read_counts(PROVINCES["H49"])) if group.code == "ONLINE"
    )
    assert all(item.points is None for item in online.scores)
    assert online.scores[0].flag == "unresolved"
    assert (online.points, online.unresolved_points) == (0, 12)


@pytest.mark.parametrize(
    ("code", "counted", "points", "flag"),
    [
        ("ON_TIME", Counted(0, 0), None, "denominator_zero"),
        ("ON_TIME", Counted(None, None), None, "counts_missing"),
        ("ON_TIME", None, None, "counts_missing"),
        ("ON_TIME", Counted(0, 10), "0.00", ""),
        ("PETITION_PROCESSING_ON_TIME", Counted(0, 0), "6.00", "denominator_zero"),
        ("DOSSIER_RECEIVING_SATISFACTION", Counted(0, 0), "0.00", "denominator_zero"),
        ("REUSED_DIGITIZED_DATA", Counted(9, 10), "2.00", ""),
        ("ELECTRONIC_CERTIFIED_COPY", Counted(ratio=None), None, "counts_missing"),
        ("DOSSIER_SYNC", Counted(5, 5), "6.00", "temporary_national_report_denominator"),
    ],
)
def test_zero_null_and_caps(code: str, counted: Counted | None, points: str | None, flag: str) -> None:
    found = score(CRITERIA[code], counted)
    assert found.points == (None if points is None else Decimal(points))
    assert found.flag == flag


def test_what_does_not_apply_to_a_commune_gives_full_points_and_says_so() -> None:
    found = score(CRITERIA["CITIZEN_DATA_CONNECTED_FORMALITY"], None, is_commune=True)
    assert (found.points, found.flag) == (Decimal("2.00"), "not_applicable_full_points")


def test_the_command_answers_every_criterion() -> None:
    found = CliRunner().invoke(scorecard, ["--counts", str(GOLDEN), "--json"])
    answer = json.loads(found.output)
    first = answer["units"][0]
    assert first["unit"] == "H49"
    assert {item["code"] for item in first["criteria"]} == set(CRITERIA)
    assert set(first["criteria"][0]) == {"group", "code", "numerator", "denominator", "points", "max_points", "flag"}
