"""The tree, its proofs and its tiles: against the definition, against known vectors, and against every forgery."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.journal.rules.merkle import (
    EMPTY_ROOT,
    hash_leaf,
    hash_range,
    is_consistent,
    plan_consistency,
    plan_inclusion,
    root_from_inclusion,
)
from onestop.journal.rules.tiles import Tile, TiledTree, TileFault, hash_bundle, list_new_tiles, spell, write_bundle
from tests.journal.log import naive

# the eight entries of the Certificate Transparency project's own tests, and the root at each size
TEXTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ENTRIES = [bytes.fromhex(text) for text in TEXTS]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATH_OF_THE_FIRST_OF_EIGHT = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]


def leaves(count: int) -> list[bytes]:
    return [hash_leaf(number.to_bytes(8, "big")) for number in range(count)]


def tree(hashes: list[bytes]) -> TiledTree:
    tiles = naive.tiles(hashes)
    return TiledTree(len(hashes), lambda tile: tiles.get(tile.path))


@pytest.mark.parametrize("size", range(1, 9))
def test_known_roots(size: int) -> None:
    hashes = [hash_leaf(entry) for entry in ENTRIES[:size]]
    assert tree(hashes).root().hex() == ROOTS[size - 1]


def test_a_known_inclusion_proof() -> None:
    hashes = [hash_leaf(entry) for entry in ENTRIES]
    assert [item.hex() for item in tree(hashes).inclusion(0)] == PATH_OF_THE_FIRST_OF_EIGHT


def test_the_empty_tree_has_a_root() -> None:
    assert TiledTree(0, lambda tile: None).root() == EMPTY_ROOT == hashlib.sha256(b"").digest()


def test_every_proof_of_small_trees_is_that_of_the_definition() -> None:
    for size in range(1, 40):
        hashes = leaves(size)
        ours = tree(hashes)
        assert ours.root() == naive.root(hashes)
        for index in range(size):
            assert ours.inclusion(index) == naive.path(index, hashes)
        for old in range(1, size + 1):
            assert ours.consistency(old) == naive.proof(old, hashes)
            assert ours.root(old) == naive.root(hashes[:old])


sizes = st.sampled_from([255, 256, 257, 511, 512, 513, 767, 1000])


@given(size=sizes, data=st.data())
def test_proofs_over_tiles_are_those_of_the_definition(size: int, data: st.DataObject) -> None:
    hashes = leaves(size)
    ours = tree(hashes)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    assert ours.inclusion(index) == naive.path(index, hashes)
    assert ours.consistency(old) == naive.proof(old, hashes)
    assert root_from_inclusion(index, size, hashes[index], ours.inclusion(index)) == naive.root(hashes)
    assert is_consistent(old, naive.root(hashes[:old]), size, naive.root(hashes), ours.consistency(old))


def test_every_proof_holds_and_no_other_leaf_root_or_size_fits() -> None:
    for size in range(1, 26):
        hashes = leaves(size)
        root = naive.root(hashes)
        for index in range(size):
            path = naive.path(index, hashes)
            assert root_from_inclusion(index, size, hashes[index], path) == root
            for other in range(size):
                if other != index:
                    assert root_from_inclusion(index, size, hashes[other], path) != root
                    assert root_from_inclusion(other, size, hashes[index], path) != root
            assert root_from_inclusion(index, size, hashes[index], [*path, root]) is None
            if path:
                assert root_from_inclusion(index, size, hashes[index], path[:-1]) is None
            assert root_from_inclusion(size, size, hashes[index], path) is None


def test_consistency_holds_for_the_true_past_alone() -> None:
    for size in range(1, 26):
        hashes = leaves(size)
        root = naive.root(hashes)
        for old in range(1, size + 1):
            past, path = naive.root(hashes[:old]), naive.proof(old, hashes)
            assert is_consistent(old, past, size, root, path)
            altered = [*hashes[: old - 1], hash_leaf(b"altered")]
            assert not is_consistent(old, naive.root(altered), size, root, path)
            assert not is_consistent(old, past, size, naive.root([*altered, *hashes[old:]]), path)
            assert not is_consistent(old, past, size, root, [*path, root])
            assert not path or not is_consistent(old, past, size, root, path[:-1])
            assert old == size or not is_consistent(size, root, old, past, path)


def test_everything_goes_on_from_nothing_and_only_from_the_true_nothing() -> None:
    root = naive.root(leaves(5))
    assert is_consistent(0, EMPTY_ROOT, 5, root, [])
    assert not is_consistent(0, root, 5, root, [])
    assert not is_consistent(0, EMPTY_ROOT, 5, root, [root])
    assert not is_consistent(5, root, 5, EMPTY_ROOT, [])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_plan_for_a_leaf_beyond_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="beyond"):
        plan_inclusion(index, size)


def test_no_plan_for_a_tree_that_shrinks() -> None:
    with pytest.raises(ValueError, match="shrink"):
        plan_consistency(4, 3)


def test_proofs_of_a_huge_tree_are_short() -> None:
    assert len(plan_inclusion(71_234_567, 100_000_000)) <= 27
    assert len(plan_consistency(71_234_567, 100_000_000)) <= 28


@given(old=st.integers(0, 1200), more=st.integers(0, 800))
def test_a_tree_that_grows_writes_exactly_the_tiles_it_has_not(old: int, more: int) -> None:
    before, after = set(naive.tiles(leaves(old))), set(naive.tiles(leaves(old + more)))
    assert {tile.path for tile in list_new_tiles(old, old + more)} == after - before


@pytest.mark.parametrize(("number", "name"), [(0, "000"), (67, "067"), (1000, "x001/000"), (1234067, "x001/x234/067")])
def test_numbers_are_spelt_as_folders(number: int, name: str) -> None:
    assert spell(number) == name
    assert Tile(3, number).path == f"tile/3/{name}"
    assert Tile(0, number, 112).bundle_path == f"tile/entries/{name}.p/112"


def test_a_tree_of_70000_has_the_tiles_that_the_specification_counts() -> None:
    tiles = list(list_new_tiles(0, 70_000))
    widths = {level: [tile.width for tile in tiles if tile.level == level] for level in (0, 1, 2)}
    assert widths == {0: [256] * 273 + [112], 1: [256, 17], 2: [1]}


def test_a_tile_that_is_missing_or_cut_is_named() -> None:
    tiles = naive.tiles(leaves(300))
    with pytest.raises(TileFault) as missing:
        TiledTree(300, lambda tile: None if tile.number else tiles[tile.path]).root()
    assert missing.value.tile == Tile(0, 1, 44)
    with pytest.raises(TileFault):
        TiledTree(300, lambda tile: tiles[tile.path][:-1]).root()


def test_bundles_hash_to_their_tile() -> None:
    entries = [bytes([number]) * 32 for number in range(5)]
    bundle = write_bundle(entries)
    assert bundle[:2] == b"\x00\x20"
    assert hash_bundle(bundle) == [hash_leaf(entry) for entry in entries]
    assert hash_bundle(bundle[:-1]) is None


def test_a_range_is_hashed_as_its_own_tree() -> None:
    hashes = leaves(37)
    ours = tree(hashes)
    assert hash_range((32, 37), ours.node) == naive.root(hashes[32:])
