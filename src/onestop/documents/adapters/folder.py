"""The store as a folder: `ab/cd/abcd…`, each file written whole, synced, then given its name.

A file under construction lies in `drafts/`, where no reader looks; a crash leaves at most a draft there. The name is
given by an atomic rename after the content is on the disk, and `put` returns after the name is on the disk, too.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from onestop.documents.adapters.checked import CheckedReader
from onestop.errors import NotFound, Unavailable

_HASH = re.compile(r"[0-9a-f]{64}")


class FolderStore:
    """Keeps files under a folder, readable by their owner only. Any number of processes may use it at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._drafts = root / "drafts"

    def put(self, data: bytes) -> str:
        """Keep `data` durably; an altered file under its hash is replaced by what it should be."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        with _reachable():
            if _size(path) == len(data) and path.read_bytes() == data:
                _sync_folder(path.parent)  # whoever wrote it may not have come that far yet
            else:
                self._write(path, data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the content, checked."""
        with _reachable(), self.open(sha256) as file:
            return file.read()

    def open(self, sha256: str) -> BinaryIO:
        """Return a reader that checks on the way."""
        with _reachable():
            try:
                return cast("BinaryIO", CheckedReader(self._path(sha256).open("rb", buffering=0), sha256))
            except FileNotFoundError:
                raise NotFound("store.unknown", sha256=sha256) from None

    def exists(self, sha256: str) -> bool:
        """Say whether there is such a file."""
        return _HASH.fullmatch(sha256) is not None and _size(self._path(sha256)) is not None

    def size(self, sha256: str) -> int:
        """Return its length."""
        found = _size(self._path(sha256))
        if found is None:
            raise NotFound("store.unknown", sha256=sha256)
        return found

    def _path(self, sha256: str) -> Path:
        if not _HASH.fullmatch(sha256):
            raise NotFound("store.unknown", sha256=sha256)
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def _write(self, path: Path, data: bytes) -> None:
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._drafts.mkdir(mode=0o700, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self._drafts)  # 0600, and nobody else's
        draft = Path(name)
        try:
            _write_synced(descriptor, data)
            changed = [path.parent, *_made_folders(path.parent, self._root)]
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        for folder in changed:
            _sync_folder(folder)


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable("store.down", reason=error.strerror) from error


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _write_synced(descriptor: int, data: bytes) -> None:
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _made_folders(folder: Path, root: Path) -> list[Path]:
    """Make `folder` below `root`; return the folders that got a new name in doing so."""
    if folder == root or folder.exists():
        return []
    above = _made_folders(folder.parent, root)
    folder.mkdir(mode=0o700, exist_ok=True)
    return [folder.parent, *above]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
