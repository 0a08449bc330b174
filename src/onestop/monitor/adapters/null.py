"""No centre: nothing is sent."""

from typing import Any

from onestop.errors import Unavailable


class NullCentre:
    """Says that there is no centre."""

    def hand_in(self, document: bytes, signature: bytes) -> dict[str, Any]:
        """Refuse."""
        raise Unavailable("centre.down", address="", reason="none is configured")
