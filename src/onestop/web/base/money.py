"""The money of a dossier as every face shows it: read from the entries that the page has anyway."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onestop.dossiers.rules.states import State, Verb
from onestop.fees.queries import get_assessment
from onestop.fees.rules.ledger import Event, Ledger, read_ledger
from onestop.fees.rules.owed import Assessment


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that came or went: which way, when, on which receipt."""

    is_refund: bool
    amount: int
    way: str
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Money:
    """What stands on a page: the ledger, its movements, the ground of what is owed, what the catalogue says."""

    ledger: Ledger
    moved: tuple[Moved, ...]
    ground: str
    assessment: Assessment

    @property
    def is_shown(self) -> bool:
        """True if there is anything to tell."""
        return self.ledger.due is not None or bool(self.moved)

    @property
    def idle_verbs(self) -> frozenset[str]:
        """What need not be offered: taking or paying back where nothing is owed."""
        idle = {Verb.PAY.value: not self.ledger.owed, Verb.REFUND.value: not self.ledger.owed_back}
        return frozenset(verb for verb, is_idle in idle.items() if is_idle)

    @property
    def is_to_be_stated(self) -> bool:
        """True if the catalogue does not say that it is free, and nobody has stated anything yet."""
        return self.ledger.due is None and not self.ledger.is_void and not self.assessment.is_free


def tell_money(entries: Iterable[Any], dossier: Any) -> Money:
    """Return the money of a dossier from its entries, oldest first. No statement."""
    rows = list(entries)
    grounds = [row.ground for row in rows if row.kind == Verb.CHARGE]
    return Money(
        ledger=read_ledger((Event(row.kind, row.payload) for row in rows), State(dossier.state)),
        moved=tuple(_moved(row) for row in rows if row.kind in (Verb.PAY, Verb.REFUND)),
        ground=grounds[-1] if grounds else "",
        assessment=get_assessment(dossier),
    )


def _moved(row: Any) -> Moved:
    said = row.payload
    return Moved(row.kind == Verb.REFUND, said["amount_vnd"], said["way"], said["number"], row.at)
