"""What every store promises, on every store there is."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestop.documents.adapters.folder import FolderStore
from onestop.documents.adapters.memory import MemoryStore
from onestop.documents.ports import Altered, Store
from onestop.errors import NotFound

Spoil = Callable[[str, bytes], None]


def _folder(tmp_path: Path) -> tuple[Store, Spoil]:
    root = tmp_path / "documents"
    return FolderStore(root), lambda sha256, data: _only(root, sha256).write_bytes(data) and None


def _memory(_: Path) -> tuple[Store, Spoil]:
    memory = MemoryStore()
    return memory, memory.kept.__setitem__


def _only(root: Path, sha256: str) -> Path:
    (path,) = root.rglob(sha256)
    return path


@pytest.fixture(params=[_folder, _memory], ids=["folder", "memory"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Store, Spoil]:
    return request.param(tmp_path)


@pytest.fixture
def store(kept: tuple[Store, Spoil]) -> Store:
    return kept[0]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=5000))
def test_what_was_put_is_got(store: Store, data: bytes) -> None:
    sha256 = store.put(data)

    assert sha256 == hashlib.sha256(data).hexdigest()
    assert store.get(sha256) == data
    assert store.size(sha256) == len(data)
    assert store.exists(sha256)


def test_putting_twice_changes_nothing(store: Store) -> None:
    assert store.put(b"giay") == store.put(b"giay")
    assert store.get(store.put(b"giay")) == b"giay"


def test_reads_a_large_file_piece_by_piece(store: Store) -> None:
    data = os.urandom(700_000)
    with store.open(store.put(data)) as file:
        pieces = list(iter(lambda: file.read(65_536), b""))

    assert b"".join(pieces) == data
    assert len(pieces) == 11


@pytest.mark.parametrize("unknown", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63])
def test_what_was_never_put_is_not_found(store: Store, unknown: str) -> None:
    store.put(b"something else")

    assert not store.exists(unknown)
    for read in (store.get, store.open, store.size):
        with pytest.raises(NotFound) as refused:
            read(unknown)
        assert refused.value.code == "store.unknown"


@pytest.mark.parametrize("other", [b"altered!", b"", b"original and more"])
def test_altered_content_is_never_given_out(kept: tuple[Store, Spoil], other: bytes) -> None:
    store, spoil = kept
    sha256 = store.put(b"original")
    spoil(sha256, other)

    with pytest.raises(Altered):
        store.get(sha256)
    with store.open(sha256) as file, pytest.raises(Altered):
        list(iter(lambda: file.read(4), b""))


def test_putting_again_mends_what_was_altered(kept: tuple[Store, Spoil]) -> None:
    store, spoil = kept
    sha256 = store.put(b"original")
    spoil(sha256, b"0riginal")
    store.put(b"original")

    assert store.get(sha256) == b"original"
