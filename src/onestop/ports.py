"""The socket into which `config` plugs an adapter.

A chapter names what it needs from outside as a Protocol and makes a `Port` of it; only
`onestop.config.wiring` decides which adapter stands behind it.
"""

from typing import Generic, TypeVar

from onestop.errors import Unavailable

T = TypeVar("T")


class Port(Generic[T]):
    """A named socket. Calling it gives the adapter plugged in; `Unavailable` if there is none."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._adapter: T | None = None

    def plug(self, adapter: T) -> None:
        """Put `adapter` behind this port; replaces what was there."""
        self._adapter = adapter

    def __call__(self) -> T:
        """Return the adapter. Raises `Unavailable` if none is plugged in."""
        if self._adapter is None:
            raise Unavailable("port.not_wired", port=self.name)
        return self._adapter
