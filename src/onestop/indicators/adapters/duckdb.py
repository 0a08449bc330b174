"""The embedded columnar engine: DuckDB over Parquet files, in this process."""

from collections.abc import Sequence
from datetime import datetime

from onestop.indicators.rules.expressions import Expression
from onestop.indicators.rules.tally import Tally


class DuckEngine:
    """Counts the facts of a folder. `threads` and `memory` bound what it may take of the machine."""

    def __init__(self, threads: int = 2, memory: str = "2GB") -> None:
        self._settings: dict[str, str | bool | int | float | list[str]] = {"threads": threads, "memory_limit": memory}

    def count(self, facts: str, tests: Sequence[Expression], *, as_of: datetime, period_from: datetime) -> Tally:
        """Return how many dossiers pass each test, by agency and desk."""
        import duckdb  # only now: these are large, and most processes never count columns

        from onestop.indicators.rules.relational import count_sql, read_tally

        with duckdb.connect(config=self._settings) as connection:
            connection.read_parquet(f"{facts}/month=*/facts.parquet", hive_partitioning=False).create_view("facts")
            sql = count_sql(tests, as_of=as_of, period_from=period_from, dialect="duckdb")
            return read_tally(connection.sql(sql).to_arrow_table(), tests)
