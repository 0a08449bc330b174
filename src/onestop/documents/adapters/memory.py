"""The store that forgets: for tests and for trying out."""

import hashlib
import io
from typing import BinaryIO, cast

from onestop.documents.adapters.checked import CheckedReader
from onestop.errors import NotFound


class MemoryStore:
    """Keeps bytes as long as the process lives."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        """Keep `data` under its hash."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.kept[sha256] = bytes(data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the content, checked."""
        return self.open(sha256).read()

    def open(self, sha256: str) -> BinaryIO:
        """Return a reader that checks on the way."""
        return cast("BinaryIO", CheckedReader(io.BytesIO(self._find(sha256)), sha256))

    def exists(self, sha256: str) -> bool:
        """Say whether it is kept."""
        return sha256 in self.kept

    def size(self, sha256: str) -> int:
        """Return its length."""
        return len(self._find(sha256))

    def _find(self, sha256: str) -> bytes:
        if sha256 not in self.kept:
            raise NotFound("store.unknown", sha256=sha256)
        return self.kept[sha256]
