"""Keys in files of one folder, loaded once and kept in the process; how a file is written is told by its form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from onestop.errors import Unavailable
from onestop.trust.adapters import files
from onestop.trust.ports import Consent, SignatureRequest
from onestop.trust.rules.algorithms import Algorithm, PrivateKey, sign_digest
from onestop.trust.rules.names import is_key_name

_EXPONENT = 65537


class Form(Protocol):
    """How a key and its certificates are written into one encrypted file."""

    suffix: str

    def seal(self, key: str, private_key: PrivateKey, chain: tuple[bytes, ...]) -> bytes:
        """Return the file's content. Raises `Unavailable` (`keys.no_secret`)."""
        ...

    def open(self, key: str, data: bytes) -> tuple[PrivateKey, tuple[bytes, ...]]:
        """Return private key and certificates. Raises `Unavailable` (`key.locked`, `keys.no_secret`)."""
        ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded key: its file and that file's state then, the private key, and its certificates as DER."""

    path: str
    state: tuple[int, int]
    private_key: PrivateKey
    chain: tuple[bytes, ...]


class FolderKeys:
    """One file a key in `folder`; new keys are made with `algorithm`."""

    def __init__(self, folder: Path, form: Form, algorithm: Algorithm = Algorithm.EC_P256) -> None:
        self._folder = folder
        self._form = form
        self._algorithm = algorithm
        self._loaded: dict[str, Loaded] = {}

    def chain(self, key: str) -> tuple[bytes, ...]:
        """Return the certificates of `key`."""
        return self._load(key).chain

    def consent(self, key: str) -> Consent | None:
        """Nothing is needed."""
        self._load(key)
        return None

    def sign(self, key: str, digest: bytes) -> bytes:
        """Sign a 32-byte digest."""
        return sign_digest(self._load(key).private_key, digest)

    def request(self, key: str, digest: bytes, *more: bytes) -> SignatureRequest:
        """Ask for signatures that `collect` makes."""
        self._load(key)
        return SignatureRequest(key, digest, more=more)

    def confirm(self, request: SignatureRequest, factors: Mapping[str, str]) -> SignatureRequest:
        """Nobody has to be asked."""
        return request

    def collect(self, request: SignatureRequest) -> bytes | None:
        """Sign what was asked for."""
        return self.sign(request.key, request.digest)

    def collect_all(self, request: SignatureRequest) -> tuple[bytes, ...] | None:
        """Sign everything asked for."""
        return tuple(self.sign(request.key, digest) for digest in request.digests)

    def enrol(self, key: str, certify: Callable[[bytes], tuple[bytes, ...]]) -> tuple[bytes, ...]:
        """Make a new pair, have it certified, keep both in one file."""
        path = self._path(key)
        private_key = make_key(self._algorithm)
        chain = certify(public_der(private_key))
        sealed = self._form.seal(key, private_key, chain)
        with files.locked(self._folder):
            files.write(path, sealed)
        return chain

    def withdraw(self, key: str) -> None:
        """Destroy the private key."""
        self._path(key).unlink(missing_ok=True)
        self._loaded.pop(key, None)

    def _path(self, key: str) -> Path:
        if not is_key_name(key):
            raise Unavailable("key.unknown", key=key)
        return self._folder / f"{key.replace(':', '_', 1)}{self._form.suffix}"

    def _load(self, key: str) -> Loaded:
        """Return the key, read again only when its file has changed: renewal and revocation by others are seen."""
        loaded = self._loaded.get(key)
        if loaded is not None and files.state(loaded.path) == loaded.state:
            return loaded
        self._loaded.pop(key, None)
        path = self._path(key)
        state = files.state(path)
        if state is None:
            raise Unavailable("key.unknown", key=key)
        return self._loaded.setdefault(key, Loaded(str(path), state, *self._form.open(key, path.read_bytes())))


def make_key(algorithm: Algorithm) -> PrivateKey:
    """Return a new private key."""
    if algorithm is Algorithm.EC_P256:
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(_EXPONENT, algorithm.bits)


def public_der(private_key: PrivateKey) -> bytes:
    """Return the public key as SPKI, DER."""
    return private_key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
