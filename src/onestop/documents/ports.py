"""What documents need from outside: a place that keeps bytes, and a typesetter."""

from collections.abc import Mapping
from typing import Any, BinaryIO, Protocol

from onestop.errors import OneStopError
from onestop.ports import Port


class Altered(OneStopError):
    """What is kept under a hash is no longer what was put: `store.altered`, with `sha256`. Never shown as content."""

    def __init__(self, sha256: str) -> None:
        super().__init__("store.altered", sha256=sha256)


class Store(Protocol):
    """Keeps bytes under the SHA-256 of their content (64 lower-case hexadecimal digits); nothing is ever overwritten.

    Reading an unknown hash raises `NotFound` (`store.unknown`), an altered content raises `Altered`, and a store out
    of reach or full raises `Unavailable` (`store.down`). A text that is no hash is an unknown one.
    """

    def put(self, data: bytes) -> str:
        """Keep `data` durably and return its hash. Putting the same again changes nothing."""
        ...

    def get(self, sha256: str) -> bytes:
        """Return the whole content, checked against its hash."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Return a reader from the beginning on, checked while it is read: the last `read` raises `Altered`."""
        ...

    def exists(self, sha256: str) -> bool:
        """Say whether something is kept under this hash, without reading it."""
        ...

    def size(self, sha256: str) -> int:
        """Return the number of bytes kept under this hash."""
        ...


class Typesetter(Protocol):
    """Makes a paper of data: PDF/A, tagged, in Vietnamese."""

    def typeset(self, template: str, data: Mapping[str, Any]) -> bytes:
        """Return the PDF of one of `rules.papers.TEMPLATES`; the same data give the same bytes.

        Raises `NotFound` (`paper.no_template`) and `Invalid` (`paper.incomplete`) naming every field that is missing.
        """
        ...


store: Port[Store] = Port("documents.store")
typesetter: Port[Typesetter] = Port("documents.typesetter")
