"""Which key lives where: names are sent to the first place whose patterns they match (`seal:*`, `officer:1?`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from onestop.errors import Unavailable
from onestop.trust.ports import Consent, Keys, SignatureRequest


@dataclass(frozen=True, slots=True)
class Place:
    """A keeper of keys, and the names that it keeps."""

    patterns: tuple[str, ...]
    keys: Keys


class RoutedKeys:
    """Hands each key's name on to its keeper."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = tuple(places)
        self._found: dict[str, Keys] = {}

    def chain(self, key: str) -> tuple[bytes, ...]:
        """Return the certificates of `key`."""
        return self._keeper(key).chain(key)

    def consent(self, key: str) -> Consent | None:
        """Say what the holder must do."""
        return self._keeper(key).consent(key)

    def sign(self, key: str, digest: bytes) -> bytes:
        """Sign a 32-byte digest."""
        return self._keeper(key).sign(key, digest)

    def request(self, key: str, digest: bytes, *more: bytes) -> SignatureRequest:
        """Ask for signatures."""
        return self._keeper(key).request(key, digest, *more)

    def confirm(self, request: SignatureRequest, factors: Mapping[str, str]) -> SignatureRequest:
        """Hand on what the holder typed."""
        return self._keeper(request.key).confirm(request, factors)

    def collect(self, request: SignatureRequest) -> bytes | None:
        """Return the signature asked for, or None while the holder has not answered."""
        return self._keeper(request.key).collect(request)

    def collect_all(self, request: SignatureRequest) -> tuple[bytes, ...] | None:
        """Return every signature asked for, or None while the holder has not answered."""
        return self._keeper(request.key).collect_all(request)

    def enrol(self, key: str, certify: Callable[[bytes], tuple[bytes, ...]]) -> tuple[bytes, ...]:
        """Make a new pair where keys of this name are kept."""
        return self._keeper(key).enrol(key, certify)

    def withdraw(self, key: str) -> None:
        """Destroy the private key."""
        self._keeper(key).withdraw(key)

    def _keeper(self, key: str) -> Keys:
        found = self._found.get(key)
        if found is not None:
            return found
        for place in self._places:
            if any(fnmatchcase(key, pattern) for pattern in place.patterns):
                return self._found.setdefault(key, place.keys)
        raise Unavailable("key.unknown", key=key)
