"""Attests checkpoints of the public log: the agency's signature with its certificate, and a time stamp."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from onestop.errors import Unavailable
from onestop.trust.ports import Keys, TimeStamps
from onestop.trust.rules import cms


class Notary:
    """Signs with the first of `names` whose key can be used; stamps at the installation's time-stamp authority."""

    def __init__(self, keys: Callable[[], Keys], stamps: Callable[[], TimeStamps], names: Sequence[str]) -> None:
        self._keys = keys
        self._stamps = stamps
        self._names = names

    def seal(self, data: bytes) -> bytes:
        """Return a detached CMS signature (CAdES-BES)."""
        name, chain = self._find_key()
        attributes = cms.signed_attributes(hashlib.sha256(data).digest(), chain[0])
        signature = self._keys().sign(name, hashlib.sha256(attributes).digest())
        return cms.signed_data(chain=chain, attributes=attributes, signature=signature)

    def stamp(self, data: bytes, at: datetime) -> bytes:
        """Return a time stamp over the data."""
        return self._stamps().stamp(hashlib.sha256(data).digest(), at)

    def _find_key(self) -> tuple[str, tuple[bytes, ...]]:
        for name in self._names:
            try:
                return name, self._keys().chain(name)
            except Unavailable:
                continue
        raise Unavailable("keys.none", key=", ".join(self._names))
