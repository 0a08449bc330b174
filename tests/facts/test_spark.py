"""A real Spark cluster of a master and two workers gives the numbers of DuckDB and of plain Python, to the last one:
from a folder, and from an object store over HTTP."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from onestop.config.cluster import GET, LocalCluster, answers, find_python
from onestop.config.object_store import LocalStore, find_rclone
from onestop.errors import Unavailable
from onestop.facts.adapters.duckdb import DuckEngine
from onestop.facts.adapters.spark import SparkEngine
from onestop.facts.rules.facts import DossierFacts
from onestop.indicators.queries.definitions import kept_layout
from tests.facts.journals import accept, hours, life, sealed
from tests.facts.sets import write_set
from tests.facts.test_engines import plainly
from tests.facts.test_facts import reference

TESTS = kept_layout().tests
AS_OF = hours(900)


def facts() -> list[DossierFacts]:
    """Return facts of lives that differ in every way that tests ask about."""
    lives = []
    for n in range(1, 120):
        steps = [accept(n, n + 30.5)] if n % 11 else []
        steps += [("request_supplement", n + 9, {})] * (n % 3) + [("reappoint", n + 20, {})] * (n % 7 == 0)
        steps += sealed(n * 4, electronic=n % 2 == 0) if n % 5 else (("withdraw", n + 3, {}),)
        said = {"channel": (1, 2, 3, None)[n % 4], "filer": ("self", "assisted", "by_officer", None)[n // 4 % 4]}
        fee, level = (True, False, None)[n % 3], ("full", "partial", "unknown")[n // 3 % 3]
        lives.append(life(n, *steps, filed=n - 2, agency=f"H49.{n % 9}", fee=fee, online_level=level, **said))
    told = reference([deed for lived in lives for deed in lived], AS_OF)
    return [beside(item, n) for n, item in enumerate(told)]


def beside(item: DossierFacts, n: int) -> DossierFacts:
    """Return the facts with what these lives do not tell: fees, ratings, complaints, entries written down late."""
    return replace(
        item,
        fee_due=(None, 0, 50_000)[n % 3], paid_online=n % 5 == 0, paid_at=item.accepted_at if n % 2 else None,
        rating=(None, 1, 4, 5)[n % 4], rated_by=(None, "online", "desk_device")[n % 3], rated_at=item.finished_at,
        rating_seconds=(None, 30, 90)[n // 2 % 3], complaints=int(n % 6 == 0), late_entries=int(n % 4 == 0),
    )  # fmt: skip


def test_spark_counts_as_duckdb_and_as_plain_python_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (find_python() and find_rclone()):
        pytest.skip(f"needs Java, Spark and an object store; get them with: {GET}")
    told = facts()
    write_set(tmp_path, told, as_of=AS_OF)
    begin = told[0].period_from
    periods = [begin, hours(300)]
    with LocalStore() as store, LocalCluster(environment=store.environment) as cluster:
        for name, value in store.environment.items():
            monkeypatch.setenv(name, value)
        port = int(cluster.master.rpartition(":")[2])
        assert answers(port)
        spark = SparkEngine(cluster.master, find_python(), cluster.settings, patience=240)
        in_folder = spark.count(str(tmp_path), TESTS, as_of=AS_OF, period_from=begin)
        address = store.put(tmp_path, "told/2026")
        in_store, later = spark.count_each(address, TESTS, as_of=AS_OF, periods=periods)
        embedded, embedded_later = (
            DuckEngine(threads=1).count(address, TESTS, as_of=AS_OF, period_from=period) for period in periods
        )
    assert in_folder.as_rows() == in_store.as_rows() == embedded.as_rows() == plainly(told, TESTS).as_rows()
    assert later.as_rows() == embedded_later.as_rows() != in_store.as_rows()
    assert (in_store.numbers.sum(axis=0) > 0).mean() > 0.5, "most tests have something to count"
    assert not answers(port)
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert cluster.master not in running
    assert store.environment["AWS_ENDPOINT_URL"].removeprefix("http://") not in running


def test_what_spark_cannot_do_is_said(tmp_path: Path) -> None:
    engine = SparkEngine("spark://127.0.0.1:1", sys.executable)
    with pytest.raises(Unavailable, match="cluster_failed"):  # the product's own environment has no Spark
        engine.count(str(tmp_path), TESTS, as_of=AS_OF, period_from=AS_OF)
