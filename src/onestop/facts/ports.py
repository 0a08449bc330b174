"""What indicators need of the outside world: an engine that counts columnar facts, however many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from onestop.facts.rules.expressions import Expression
from onestop.facts.rules.signature import Layout
from onestop.facts.rules.tally import Numbers, Place, Tally
from onestop.ports import Port


class Engine(Protocol):
    """Counts facts that are kept in columns (docs/facts.md)."""

    def count(self, facts: str, tests: Sequence[Expression], *, as_of: datetime, period_from: datetime) -> Tally:
        """Return how many dossiers in the set of facts pass each test, by agency and desk.

        `facts` is a folder, or an address that the engine can read. Every engine gives the same numbers.
        """
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Signed:
    """A portion of dossiers: the places among them, and of each dossier the number of its place and its signature."""

    places: tuple[Place, ...]
    place: Numbers
    signatures: Numbers


class Reducer(Protocol):
    """Reduces columnar facts to signatures."""

    def read_signatures(self, file: str, layout: Layout, *, as_of: datetime) -> Iterator[Signed]:
        """Yield place and signature of every dossier of one file of facts, a portion at a time, in order."""
        ...


reducer: Port[Reducer] = Port("indicators.reducer")
engine: Port[Engine] = Port("indicators.engine")
