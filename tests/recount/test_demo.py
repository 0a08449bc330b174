"""Every story of the demo, exported and counted again by a stranger: every figure comes out the same."""

from datetime import UTC, datetime
from pathlib import Path

from onestop.demo.stage import moment
from onestop.indicators.operations.exporting import export_figures
from onestop.recount.counting import recount
from onestop.recount.reading import read_export
from tests.recount.test_recount import AUDITOR


def test_the_demo_province_is_counted_alike(played: dict[str, str], tmp_path: Path) -> None:
    since, at = moment("2026-01-01 00:00"), moment("2026-12-31 00:00")
    export_figures(tmp_path, as_of=at, period_from=since, known_at=datetime.now(UTC), by=AUDITOR)
    found = recount(read_export(tmp_path))
    assert found.deviations == ()
    assert found.dossiers == len(played)
    assert found.figures > 1000
