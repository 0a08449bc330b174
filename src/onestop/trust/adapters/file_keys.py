"""Keys in files: one encrypted bundle a key (PKCS#8, then its certificates), loaded once and kept in the process."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from onestop.errors import Unavailable
from onestop.trust.adapters import files
from onestop.trust.ports import SignatureRequest
from onestop.trust.rules.names import is_key_name

PREHASHED = ec.ECDSA(utils.Prehashed(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class Bundle:
    """A loaded key: its file and that file's state then, the private key, and its certificates as DER."""

    path: str
    state: tuple[int, int]
    private_key: ec.EllipticCurvePrivateKey
    chain: tuple[bytes, ...]


class FileKeys:
    """ECDSA P-256 keys under `folder`, encrypted with a passphrase derived from the instance's secret."""

    def __init__(self, folder: Path, secret: str) -> None:
        self._folder = folder
        self._secret = secret
        self._loaded: dict[str, Bundle] = {}

    @cached_property
    def _passphrase(self) -> bytes:
        return passphrase(self._secret)

    def chain(self, key: str) -> tuple[bytes, ...]:
        """Return the certificates of `key`."""
        return self._bundle(key).chain

    def sign(self, key: str, digest: bytes) -> bytes:
        """Sign a 32-byte digest."""
        return self._bundle(key).private_key.sign(digest, PREHASHED)

    def request(self, key: str, digest: bytes) -> SignatureRequest:
        """Ask for a signature that `collect` makes."""
        self._bundle(key)
        return SignatureRequest(key, digest)

    def collect(self, request: SignatureRequest) -> bytes | None:
        """Sign what was asked for."""
        return self.sign(request.key, request.digest)

    def enrol(self, key: str, certify: Callable[[bytes], tuple[bytes, ...]]) -> tuple[bytes, ...]:
        """Make a new pair, have it certified, keep both in one file."""
        path = self._path(key)
        private_key = ec.generate_private_key(ec.SECP256R1())
        chain = certify(public_der(private_key))
        with files.locked(self._folder):
            files.write(path, seal_bundle(private_key, chain, self._passphrase))
        return chain

    def withdraw(self, key: str) -> None:
        """Destroy the private key."""
        self._path(key).unlink(missing_ok=True)
        self._loaded.pop(key, None)

    def _path(self, key: str) -> Path:
        if not is_key_name(key):
            raise Unavailable("key.unknown", key=key)
        return self._folder / f"{key.replace(':', '_', 1)}.key"

    def _bundle(self, key: str) -> Bundle:
        """Return the key, read again only when its file has changed: renewal and revocation by others are seen."""
        bundle = self._loaded.get(key)
        if bundle is not None and files.state(bundle.path) == bundle.state:
            return bundle
        self._loaded.pop(key, None)
        path = self._path(key)
        state = files.state(path)
        if state is None:
            raise Unavailable("key.unknown", key=key)
        loaded = Bundle(str(path), state, *open_bundle(path.read_bytes(), self._passphrase, key))
        return self._loaded.setdefault(key, loaded)


def passphrase(secret: str) -> bytes:
    """Derive the files' passphrase from the instance's secret, apart from every other use of it.

    Raises `Unavailable` (`keys.no_secret`) if there is none: no key is kept under a secret that everybody knows.
    """
    if not secret:
        raise Unavailable("keys.no_secret")
    return HKDF(hashes.SHA256(), 32, b"onestop", b"keys at rest").derive(secret.encode()).hex().encode()


def public_der(private_key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public key as SPKI, DER."""
    return private_key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def seal_bundle(private_key: ec.EllipticCurvePrivateKey, chain: tuple[bytes, ...], secret: bytes) -> bytes:
    """Return the encrypted key and its certificates as one PEM text."""
    key_pem = private_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(secret)
    )
    return key_pem + b"".join(pem(der) for der in chain)


def open_bundle(data: bytes, secret: bytes, key: str) -> tuple[ec.EllipticCurvePrivateKey, tuple[bytes, ...]]:
    """Return private key and certificates of a bundle. Raises `Unavailable` (`key.locked`)."""
    try:
        private_key = serialization.load_pem_private_key(data, secret)
        found = x509.load_pem_x509_certificates(data)
    except (ValueError, TypeError) as error:
        raise Unavailable("key.locked", key=key) from error
    if not isinstance(private_key, ec.EllipticCurvePrivateKey):
        raise Unavailable("key.locked", key=key)
    return private_key, tuple(c.public_bytes(serialization.Encoding.DER) for c in found)


def pem(der: bytes) -> bytes:
    """Return a certificate as PEM."""
    return x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)
