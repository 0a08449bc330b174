"""Which engine counts a set of columnar facts, the embedded one or a cluster; and of which moment the set is."""

import json
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from onestop.config.cluster import GET, find_python
from onestop.errors import Unavailable
from onestop.facts.adapters.duckdb import DuckEngine
from onestop.facts.adapters.spark import SparkEngine
from onestop.facts.adapters.store import is_in_store, read_text
from onestop.facts.ports import Engine
from onestop.facts.rules.columnar import MANIFEST, read_fact_set


def read_moment(facts: str) -> datetime:
    """Return the moment that a set of facts is of. Raises `Unavailable` if its manifest cannot be read."""
    try:
        text = read_text(f"{facts}/{MANIFEST}") if is_in_store(facts) else (Path(facts) / MANIFEST).read_text("utf-8")
        return read_fact_set(json.loads(text)).as_of
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unavailable("indicators.no_facts", facts=facts, said=f"{MANIFEST}: {error}") from error


def choose_engine(master: str = "", *, python: str = "", settings: Mapping[str, str] | None = None) -> Engine:
    """Return the engine embedded here, or with `master` the cluster there. Raises `Unavailable` as `open_cluster`."""
    return open_cluster(master, python=python, settings=settings) if master else open_embedded()


def open_embedded(memory: str = "2GB") -> DuckEngine:
    """Return the embedded engine, which keeps within so much memory."""
    return DuckEngine(memory=memory)


def open_cluster(master: str, *, python: str = "", settings: Mapping[str, str] | None = None) -> SparkEngine:
    """Return the cluster at `master`, driven by the Python that has Spark.

    That Python is the one that `tools/get-cluster` made, unless `python` names another; it has to be found at the same
    place on every worker. Raises `Unavailable` if there is none.
    """
    found = python or find_python()
    if not found or not shutil.which(found):
        raise Unavailable("indicators.no_cluster", command=GET)
    return SparkEngine(master, found, settings)
