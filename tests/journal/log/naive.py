"""The tree as RFC 6962 defines it, word for word and slow: what the product is measured against."""

import hashlib


def root(leaves: list[bytes]) -> bytes:
    """MTH(D[n]) over leaf hashes."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return node(root(leaves[:k]), root(leaves[k:]))


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(bytes([1]) + left + right).digest()


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), root(leaves[k:])]
    return [*path(m - k, leaves[k:]), root(leaves[:k])]


def proof(m: int, leaves: list[bytes]) -> list[bytes]:
    """PROOF(m, D[n])."""
    return subproof(m, leaves, True)


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), root(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), root(leaves[:k])]


def tiles(leaves: list[bytes]) -> dict[str, bytes]:
    """Every tile of a tree by its path, from the definition: MTH(D[(n*256+i)*256**l : (n*256+i+1)*256**l])."""
    found = {}
    level = 0
    while len(leaves) >> (8 * level):
        step = 256**level
        hashes = [root(leaves[i * step : (i + 1) * step]) for i in range(len(leaves) // step)]
        for n in range(0, len(hashes), 256):
            part = hashes[n : n + 256]
            name = f"tile/{level}/{n // 256:03}" + ("" if len(part) == 256 else f".p/{len(part)}")
            found[name] = b"".join(part)
        level += 1
    return found
