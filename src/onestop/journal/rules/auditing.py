"""Do the journal and its public log say the same? Pure: over leaves in order, each beside the entry it stands for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from onestop.journal.rules.leaves import commit
from onestop.journal.rules.merkle import EMPTY_ROOT, hash_children, hash_leaf

LONGEST_DEED = timedelta(minutes=10)
"""An entry is written and committed within this; one that says it is older than a head before it is back-dated."""


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """A leaf, and what the journal now holds for it: nothing if the entry is gone."""

    index: int
    entry: int
    salt: bytes
    commitment: bytes
    entry_hash: bytes | None
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head as it was signed, and when."""

    size: int
    root: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class LogBreak:
    """Where journal and log part: the entry, its place in the log (None if it has none), and how.

    Codes: `removed` (logged, now gone from the journal), `rewritten` (not what was logged), `back_dated` (says it is
    older than a head published without it), `moved` (a place is missing or taken twice), `head_differs` (a signed head
    is not the root of the leaves), `unlogged` (neither in the log nor waiting), `removed_waiting` (gone while it
    waited), `published_differs` (the published head is none that was signed).
    """

    code: str
    entry: int | None = None
    index: int | None = None


class GrowingRoot:
    """The root of a tree while leaves are added: the roots of its perfect subtrees, the largest first."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Add the hash of a leaf."""
        size = self.size
        while size & 1:
            leaf, size = hash_children(self._peaks.pop(), leaf), size >> 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root as it is now."""
        if not self._peaks:
            return EMPTY_ROOT
        *others, found = self._peaks
        for peak in reversed(others):
            found = hash_children(peak, found)
        return found


def find_log_breaks(leaves: Iterable[LoggedEntry], heads: Iterable[SignedHead]) -> Iterator[LogBreak]:
    """Yield each place where journal, leaves and signed heads part; `heads` by size, `leaves` by place."""
    tree, waiting = GrowingRoot(), iter(heads)
    head, before = next(waiting, None), None
    for leaf in leaves:
        while head and head.size <= tree.size:
            yield from _find_head_break(head, tree)
            head, before = next(waiting, None), head
        code = _find_fault(leaf, tree.size, before)
        if code:
            yield LogBreak(code, leaf.entry, leaf.index)
        tree.add(hash_leaf(leaf.commitment))
    while head:
        yield from _find_head_break(head, tree)
        head = next(waiting, None)


def _find_head_break(head: SignedHead, tree: GrowingRoot) -> Iterator[LogBreak]:
    if head.size != tree.size or head.root != tree.root():
        yield LogBreak("head_differs", index=head.size)


def _find_fault(leaf: LoggedEntry, place: int, before: SignedHead | None) -> str | None:
    if leaf.index != place:
        return "moved"
    if leaf.entry_hash is None or leaf.recorded_at is None:
        return "removed"
    if commit(leaf.salt, leaf.entry_hash) != leaf.commitment:
        return "rewritten"
    return "back_dated" if before and leaf.recorded_at < before.at - LONGEST_DEED else None
