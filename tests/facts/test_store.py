"""Facts in an object store over HTTP: counted as in a folder, to whoever has the key, and said so if not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from onestop.config.cluster import GET
from onestop.config.counting import choose_engine, read_moment
from onestop.config.object_store import LocalStore, find_rclone
from onestop.errors import Unavailable
from onestop.facts.adapters.duckdb import DuckEngine
from onestop.facts.rules.expressions import parse
from onestop.facts.rules.facts import DOSSIER_FACTS
from onestop.facts.rules.relational import find_columns
from onestop.indicators.queries.definitions import kept_layout
from tests.facts.sets import write_set
from tests.facts.test_engines import plainly
from tests.facts.test_spark import AS_OF, facts

TESTS = kept_layout().tests


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalStore]:
    """Return a store whose keys are in the environment."""
    if not find_rclone():
        pytest.skip(f"needs an object store; get one with: {GET}")
    with LocalStore() as found:
        for name, value in found.environment.items():
            monkeypatch.setenv(name, value)
        yield found


def test_the_embedded_engine_counts_a_set_in_a_store(store: LocalStore, tmp_path: Path) -> None:
    told = facts()
    write_set(tmp_path, told, as_of=AS_OF)
    address = store.put(tmp_path, "2026/all")
    assert read_moment(address) == read_moment(str(tmp_path)) == AS_OF
    found = DuckEngine().count(address, TESTS, as_of=AS_OF, period_from=told[0].period_from)
    assert found.as_rows() == plainly(told, TESTS).as_rows()


def test_a_set_that_is_not_there_and_a_wrong_key_are_said(
    store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = facts()
    write_set(tmp_path, told, as_of=AS_OF)
    address = store.put(tmp_path, "all")
    ask = {"as_of": AS_OF, "period_from": told[0].period_from}
    with pytest.raises(Unavailable, match="no_facts"):
        DuckEngine().count("s3://facts/none", TESTS, **ask)
    with pytest.raises(Unavailable, match="no_facts"):
        read_moment("s3://facts/none")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    for reads in (lambda: DuckEngine().count(address, TESTS, **ask), lambda: read_moment(address)):
        with pytest.raises(Unavailable, match="AWS Error") as caught:
            reads()
        assert store.environment["AWS_ACCESS_KEY_ID"] not in str(caught.value)


def test_only_columns_that_are_asked_for_are_read() -> None:
    names = [field.name for field in find_columns((parse("hours_left >= 3 and channel = 2", DOSSIER_FACTS),))]
    assert names == ["channel", "agency", "desk", "legal_due_at", "finished_at", "waiting_from"]
    assert not {"code", "procedure", "stream"} & {field.name for field in find_columns(TESTS)}


def test_a_manifest_that_says_nothing_is_no_set_of_facts(tmp_path: Path) -> None:
    for text in (None, "{", "[]", '{"format": "onestop-facts-1"}'):
        if text is not None:
            (tmp_path / "facts.json").write_text(text)
        with pytest.raises(Unavailable, match="no_facts"):
            read_moment(str(tmp_path))


def test_a_cluster_needs_a_python_that_has_spark(tmp_path: Path) -> None:
    assert isinstance(choose_engine(), DuckEngine)
    with pytest.raises(Unavailable, match="no_cluster"):
        choose_engine("spark://127.0.0.1:1", python=str(tmp_path / "python"))
