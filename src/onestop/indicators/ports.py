"""What indicators need of the outside world: an engine that counts columnar facts, however many."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from onestop.indicators.rules.expressions import Expression
from onestop.indicators.rules.tally import Tally
from onestop.ports import Port


class Engine(Protocol):
    """Counts facts that are kept in columns (docs/facts.md)."""

    def count(self, facts: str, tests: Sequence[Expression], *, as_of: datetime, period_from: datetime) -> Tally:
        """Return how many dossiers in the set of facts pass each test, by agency and desk.

        `facts` is a folder, or an address that the engine can read. Every engine gives the same numbers.
        """
        ...


engine: Port[Engine] = Port("indicators.engine")
