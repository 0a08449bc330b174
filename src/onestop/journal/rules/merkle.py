"""The Merkle tree: how leaves become one root, and the two proofs about it.

Source: RFC 6962, 2.1 (the same as RFC 9162, 2.1, with SHA-256). A proof is planned as a list of ranges of leaves
first, so that whoever keeps the hashes, in tiles or in memory, can say what each range hashes to.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

Range = tuple[int, int]
"""Leaves from (included) until (excluded), as they stand below one node of a tree."""

EMPTY_ROOT = hashlib.sha256(b"").digest()


def hash_leaf(entry: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def perfect_subtrees(leaves: Range) -> Iterator[tuple[int, int]]:
    """Yield level and number of the perfect subtrees that make up a range of a tree, from left to right."""
    begin, end = leaves
    while begin < end:
        level = (end - begin).bit_length() - 1
        yield level, begin >> level
        begin += 1 << level


def hash_range(leaves: Range, node: Callable[[int, int], bytes]) -> bytes:
    """Return the hash of a range; `node(level, number)` gives that of a perfect subtree of 2**level leaves."""
    if leaves[0] == leaves[1]:
        return EMPTY_ROOT
    hashes = [node(level, number) for level, number in perfect_subtrees(leaves)]
    found = hashes.pop()
    while hashes:
        found = hash_children(hashes.pop(), found)
    return found


def plan_inclusion(index: int, size: int) -> list[Range]:
    """Return the ranges whose hashes prove that leaf `index` stands in a tree of `size`, from the leaf to the root."""
    if not 0 <= index < size:
        raise ValueError("a leaf beyond the tree")
    plan: list[Range] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            plan.append((middle, end))
            end = middle
        else:
            plan.append((begin, middle))
            begin = middle
    return plan[::-1]


def plan_consistency(old: int, new: int) -> list[Range]:
    """Return the ranges whose hashes prove that a tree of size `new` goes on from one of size `old`."""
    if not 0 <= old <= new:
        raise ValueError("a tree does not shrink")
    if old in (0, new):
        return []
    plan: list[Range] = []
    begin, end, is_whole = 0, new, True
    while old != end:
        middle = begin + _split(end - begin)
        if old <= middle:
            plan.append((middle, end))
            end = middle
        else:
            plan.append((begin, middle))
            begin, is_whole = middle, False
    if not is_whole:
        plan.append((begin, end))
    return plan[::-1]


def root_from_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """Return the root to which an inclusion proof leads, or None if it has the wrong length. RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return None
    number, last, found = index, size - 1, leaf
    for other in path:
        if last == 0:
            return None
        if number & 1 or number == last:
            found = hash_children(other, found)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            found = hash_children(found, other)
        number, last = number >> 1, last >> 1
    return found if last == 0 else None


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """True if the proof shows that the new tree goes on from the old one. RFC 9162, 2.1.4.2.

    Everything goes on from an empty tree, whose proof is empty; so is the proof of a tree with itself.
    """
    if not 0 <= old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    return _walk(old, old_root, new, new_root, path)


def _walk(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    if not path:
        return False
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    before = after = hashes[0]
    for other in hashes[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            before, after = hash_children(other, before), hash_children(other, after)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            after = hash_children(after, other)
        number, last = number >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)
