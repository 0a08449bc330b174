"""A reader that hashes what passes through it."""

import hashlib
import io
from typing import BinaryIO

from onestop.documents.ports import Altered


class CheckedReader(io.RawIOBase):
    """Reads `source` once, forward; raises `Altered` instead of its end if the content does not fit its hash."""

    def __init__(self, source: BinaryIO, sha256: str) -> None:
        super().__init__()
        self._source, self._sha256, self._digest = source, sha256, hashlib.sha256()

    def readable(self) -> bool:
        """It can be read, not sought or written."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to `size` bytes, the rest if negative, nothing at the end."""
        data = self._source.read(-1 if size is None else size)
        self._digest.update(data)
        at_end = size is None or size < 0 or (size > 0 and not data)
        if at_end and self._digest.hexdigest() != self._sha256:
            raise Altered(self._sha256)
        return data

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        """Fill `buffer` and return how much of it."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what is read from."""
        self._source.close()
        super().close()
