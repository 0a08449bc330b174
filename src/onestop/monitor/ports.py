"""What the monitor needs from outside: the centre that takes reports."""

from typing import Any, Protocol


class Centre(Protocol):
    """Where a province sends its aggregates. Raises `Unavailable` (`centre.down`)."""

    def hand_in(self, document: bytes, signature: bytes) -> dict[str, Any]:
        """Hand in one aggregate; return the answer: `counted`, `sha256`, `faults`. Doing it twice is harmless."""
        ...
