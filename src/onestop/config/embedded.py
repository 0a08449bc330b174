"""The engine that counts columnar facts here. It needs no settings: a process that only counts loads nothing else."""

from onestop.facts import ports
from onestop.facts.adapters.duckdb import DuckEngine


def plug_embedded_engine() -> None:
    """Plug DuckDB into both ports of the indicators."""
    embedded = DuckEngine()
    ports.engine.plug(embedded)
    ports.reducer.plug(embedded)
