"""Journal against log, as pure values: each way in which they may part is named at its place."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from onestop.journal.rules.auditing import GrowingRoot, LogBreak, LoggedEntry, SignedHead, find_log_breaks
from onestop.journal.rules.leaves import commit
from onestop.journal.rules.merkle import hash_leaf
from tests.journal.log import naive
from tests.journal.log.conftest import NOW


def logged(index: int) -> LoggedEntry:
    salt, digest = bytes([index]) * 32, hashlib.sha256(bytes([index])).digest()
    return LoggedEntry(index, 100 + index, salt, commit(salt, digest), digest, NOW + timedelta(minutes=index))


LEAVES = [logged(index) for index in range(7)]


def head(size: int) -> SignedHead:
    root = naive.root([hash_leaf(leaf.commitment) for leaf in LEAVES[:size]])
    return SignedHead(size, root, NOW + timedelta(minutes=size))


HEADS = [head(size) for size in (0, 1, 4, 7)]


def breaks(leaves: list[LoggedEntry], heads: list[SignedHead] = HEADS) -> list[LogBreak]:
    return list(find_log_breaks(leaves, heads))


@given(count=st.integers(0, 70))
def test_the_growing_root_is_that_of_the_definition(count: int) -> None:
    hashes = [hash_leaf(bytes([number])) for number in range(count)]
    tree = GrowingRoot()
    for leaf in hashes:
        tree.add(leaf)
    assert tree.root() == naive.root(hashes)


def test_an_untouched_log_has_no_breaks() -> None:
    assert breaks(LEAVES) == []


def changed(index: int, **what: object) -> list[LoggedEntry]:
    return [replace(leaf, **what) if leaf.index == index else leaf for leaf in LEAVES]  # type: ignore[arg-type]


def test_each_way_is_named_at_its_place() -> None:
    assert breaks(changed(3, entry_hash=bytes(32))) == [LogBreak("rewritten", 103, 3)]
    assert breaks(changed(3, entry_hash=None, recorded_at=None)) == [LogBreak("removed", 103, 3)]
    assert breaks(changed(5, recorded_at=NOW - timedelta(hours=1))) == [LogBreak("back_dated", 105, 5)]
    assert breaks(changed(0, recorded_at=NOW - timedelta(hours=1))) == [LogBreak("back_dated", 100, 0)]
    assert breaks(changed(2, salt=bytes(32)))[0] == LogBreak("rewritten", 102, 2)


def test_a_leaf_changed_or_gone_shows_at_every_head_over_it() -> None:
    forged = changed(3, commitment=commit(LEAVES[3].salt, bytes(32)), entry_hash=bytes(32))
    assert breaks(forged) == [LogBreak("head_differs", index=4), LogBreak("head_differs", index=7)]
    assert breaks(LEAVES[:6]) == [LogBreak("head_differs", index=7)]
    gap = [*LEAVES[:2], *LEAVES[3:]]
    assert [item.code for item in breaks(gap)].count("moved") == 4


def test_a_long_deed_is_no_back_dating() -> None:
    assert breaks(changed(5, recorded_at=NOW - timedelta(minutes=4))) == []
