"""Keys in files of our own: one encrypted bundle a key (PKCS#8, then its certificates), all under one secret."""

from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from onestop.errors import Unavailable
from onestop.trust.adapters.folder_keys import FolderKeys
from onestop.trust.rules.algorithms import Algorithm, PrivateKey


class Bundles:
    """Files encrypted with a passphrase derived from the instance's secret."""

    suffix = ".key"

    def __init__(self, secret: str) -> None:
        self._secret = secret

    @cached_property
    def _passphrase(self) -> bytes:
        return passphrase(self._secret)

    def seal(self, key: str, private_key: PrivateKey, chain: tuple[bytes, ...]) -> bytes:
        """Return the file's content."""
        return seal_bundle(private_key, chain, self._passphrase)

    def open(self, key: str, data: bytes) -> tuple[PrivateKey, tuple[bytes, ...]]:
        """Return private key and certificates."""
        return open_bundle(data, self._passphrase, key)


class FileKeys(FolderKeys):
    """Keys under `folder`, encrypted with a passphrase derived from the instance's secret."""

    def __init__(self, folder: Path, secret: str, algorithm: Algorithm = Algorithm.EC_P256) -> None:
        super().__init__(folder, Bundles(secret), algorithm)


def passphrase(secret: str) -> bytes:
    """Derive the files' passphrase from the instance's secret, apart from every other use of it.

    Raises `Unavailable` (`keys.no_secret`) if there is none: no key is kept under a secret that everybody knows.
    """
    if not secret:
        raise Unavailable("keys.no_secret")
    return HKDF(hashes.SHA256(), 32, b"onestop", b"keys at rest").derive(secret.encode()).hex().encode()


def seal_bundle(private_key: PrivateKey, chain: tuple[bytes, ...], secret: bytes) -> bytes:
    """Return the encrypted key and its certificates as one PEM text."""
    key_pem = private_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(secret)
    )
    return key_pem + b"".join(pem(der) for der in chain)


def open_bundle(data: bytes, secret: bytes, key: str) -> tuple[PrivateKey, tuple[bytes, ...]]:
    """Return private key and certificates of a bundle. Raises `Unavailable` (`key.locked`)."""
    try:
        private_key = serialization.load_pem_private_key(data, secret)
        found = x509.load_pem_x509_certificates(data)
    except (ValueError, TypeError) as error:
        raise Unavailable("key.locked", key=key) from error
    if not isinstance(private_key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise Unavailable("key.locked", key=key)
    return private_key, tuple(c.public_bytes(serialization.Encoding.DER) for c in found)


def pem(der: bytes) -> bytes:
    """Return a certificate as PEM."""
    return x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)
