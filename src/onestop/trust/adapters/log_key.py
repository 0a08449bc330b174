"""The key of the public log: Ed25519, in one file, encrypted like all other keys. Made at its first use."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onestop.errors import Unavailable
from onestop.journal.rules.notes import SIGNATURE, NoteSignature, VerifierKey, sign, verifier_of
from onestop.trust.adapters import files
from onestop.trust.adapters.file_keys import passphrase


class FileLogKey:
    """Signs checkpoints for the log of this name. `name` is asked at each use, since settings may change in tests."""

    def __init__(self, folder: Path, secret: str, name: Callable[[], str]) -> None:
        self._file = folder / "log.key"
        self._secret = secret
        self._name = name

    def verifier(self) -> VerifierKey:
        """Return the public key."""
        return verifier_of(self._name(), self._private, SIGNATURE)

    def sign(self, text: str) -> NoteSignature:
        """Sign a checkpoint."""
        return sign(self._name(), self._private, text)

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        secret = passphrase(self._secret)
        with files.locked(self._file.parent):
            if not self._file.exists():
                files.write(self._file, _seal(Ed25519PrivateKey.generate(), secret))
        try:
            private = serialization.load_pem_private_key(self._file.read_bytes(), secret)
        except (ValueError, TypeError) as error:
            raise Unavailable("key.locked", key="log") from error
        if not isinstance(private, Ed25519PrivateKey):
            raise Unavailable("key.locked", key="log")
        return private


def _seal(private: Ed25519PrivateKey, secret: bytes) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(secret)
    )
