"""The packed form counts every dossier: equal to plain Python on random lives, to DuckDB on a made-up history."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings

from onestop.demo.history.write import _tasks, _write, set_stage
from onestop.facts.adapters.duckdb import DuckEngine
from onestop.facts.operations.packed import _distinct, pack_facts
from onestop.facts.queries.packed import PackedFacts
from onestop.facts.rules.columnar import FactSet
from onestop.facts.rules.packed import APART, parts_of, smallest_type
from onestop.facts.rules.periods import PROVINCE_ZONE, month_of, month_start
from onestop.facts.rules.reference import Deed, find_facts
from onestop.facts.rules.signature import Layout
from onestop.indicators.queries.definitions import kept_layout
from tests.facts.journals import MOMENT, hours, random_lives
from tests.facts.sets import write_set
from tests.facts.test_engines import plainly
from tests.facts.test_facts import THOROUGH

LAYOUT = kept_layout()


@settings(THOROUGH, max_examples=15)
@given(deeds=random_lives(), as_of=MOMENT)
def test_random_lives_are_counted_as_one_by_one(deeds: list[Deed], as_of: datetime) -> None:
    streams = {deed.stream for deed in deeds}
    begins = [month_start(month_of(hours(days * 24))) for days in (-62, -31, 0, 31)]
    with TemporaryDirectory() as name:
        folder = Path(name)
        for begin in begins:
            told = ([deed for deed in deeds if deed.stream == stream] for stream in sorted(streams))
            found = [facts for lived in told if (facts := find_facts(lived, as_of=as_of, period_from=begin))]
            if not (folder / "packed").exists():
                held = write_set(folder, found, as_of=as_of)
                pack_facts(folder, folder / "packed", held=held, layout=LAYOUT)
                counted = PackedFacts(folder / "packed", LAYOUT).count()
            assert counted.tally(month_of(begin)).as_rows() == plainly(found, LAYOUT.tests).as_rows()


def test_a_history_is_counted_as_duckdb_counts_it(tmp_path: Path) -> None:
    until = datetime(2026, 4, 11, 15, 0, tzinfo=PROVINCE_ZONE)
    stage = set_stage(first=datetime(2025, 5, 20, tzinfo=PROVINCE_ZONE), as_of=until, seed=3)
    held = FactSet(until, tuple(_write(task) for task in _tasks(tmp_path, stage, 30_000)))
    pack_facts(tmp_path, tmp_path / "packed", held=held, layout=LAYOUT)
    packed = PackedFacts(tmp_path / "packed", LAYOUT)
    assert packed.rows == 30_000
    counted, engine = packed.count(), DuckEngine(threads=1)
    for begin in (datetime(2025, 5, 1), datetime(2025, 7, 1), datetime(2026, 4, 1)):
        since = begin.replace(tzinfo=PROVINCE_ZONE)
        by_engine = engine.count(str(tmp_path), LAYOUT.tests, as_of=until, period_from=since)
        assert counted.tally(month_of(since)).as_rows() == by_engine.as_rows()


def test_what_was_packed_for_other_definitions_is_refused(tmp_path: Path) -> None:
    pack_facts(tmp_path, tmp_path, held=FactSet(hours(0), ()), layout=LAYOUT)
    with pytest.raises(ValueError, match="other definitions"):
        PackedFacts(tmp_path, Layout((), (), ()))


def test_rows_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onestop.facts.operations.packed.MIX", np.uint64(0))
    rows = np.array([[1, 2], [3, 4], [1, 2], [5, 6]], dtype=np.int64)
    distinct, places = _distinct(rows)
    assert len(distinct) == 3
    assert (distinct[places] == rows).all()


def test_keys_are_as_small_as_can_be() -> None:
    assert [smallest_type(size) for size in (1, 65_536, 65_537)] == [np.uint16, np.uint16, np.uint32]


def test_every_test_is_in_one_part() -> None:
    parts = parts_of(LAYOUT)
    assert len(parts) == len(APART) + 1
    assert sorted(map(repr, LAYOUT.tests)) == sorted(repr(test) for part in parts for test in part.tests)
    assert all((part.atoms, part.begins) == (LAYOUT.atoms, LAYOUT.begins) for part in parts)
