"""The embedded columnar engine: DuckDB over Parquet files, in this process."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from onestop.facts.adapters.store import is_in_store, open_dataset
from onestop.facts.ports import Signed
from onestop.facts.rules.expressions import Expression
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.facts.rules.signature import Layout
from onestop.facts.rules.tally import Tally

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pyarrow import RecordBatch

PORTION = 250_000


class DuckEngine:
    """Counts the facts of a folder or an object store. `threads` and `memory` bound what it may take of the machine."""

    def __init__(self, threads: int = 2, memory: str = "2GB") -> None:
        self._settings: dict[str, str | bool | int | float | list[str]] = {"threads": threads, "memory_limit": memory}

    def count(self, facts: str, tests: Sequence[Expression], *, as_of: datetime, period_from: datetime) -> Tally:
        """Return how many dossiers pass each test, by agency and desk."""
        import duckdb  # only now: these are large, and most processes never count columns

        from onestop.facts.rules.relational import count_sql, read_tally

        sql = count_sql(tests, as_of=as_of, period_from=period_from, dialect="duckdb")
        with duckdb.connect(config=self._settings) as connection:
            if is_in_store(facts):
                connection.register("facts", open_dataset(facts))
            else:
                _show_facts(connection, f"{facts}/month=*/facts.parquet")
            return read_tally(connection.sql(sql).to_arrow_table(), tests)

    def read_signatures(self, file: str, layout: Layout, *, as_of: datetime) -> Iterator[Signed]:
        """Yield the place and signature of every dossier of one file, a portion at a time, in the order of the file."""
        import duckdb

        from onestop.facts.rules.relational import signature_sql

        sql = signature_sql(layout, as_of=as_of, dialect="duckdb")
        with duckdb.connect(config=self._settings) as connection:
            _show_facts(connection, file)
            for batch in connection.sql(sql).to_arrow_reader(PORTION):
                yield _signed(batch)


def _show_facts(connection: "DuckDBPyConnection", files: str) -> None:
    connection.execute(f"SET TimeZone = '{PROVINCE_ZONE.key}'")
    connection.read_parquet(files, hive_partitioning=False).create_view("facts")


def _signed(batch: "RecordBatch") -> Signed:
    """Return the places of a portion, each once, and for each dossier the number of its place and its signature."""
    agencies, desks = (batch.column(place).fill_null("").dictionary_encode() for place in (0, 1))
    desk_names = desks.dictionary.to_pylist()
    pairs = agencies.indices.to_numpy().astype(np.int64) * len(desk_names) + desks.indices.to_numpy()
    found = np.flatnonzero(np.bincount(pairs))
    numbers = np.searchsorted(found, np.arange(found[-1] + 1))[pairs]
    agency_names = agencies.dictionary.to_pylist()
    places = tuple(
        (agency_names[pair // len(desk_names)], desk_names[pair % len(desk_names)]) for pair in found.tolist()
    )
    columns = [batch.column(place).to_numpy() for place in range(2, batch.num_columns)]
    return Signed(places, numbers, np.column_stack(columns))
