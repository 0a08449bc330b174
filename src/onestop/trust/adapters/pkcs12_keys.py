"""Keys in PKCS#12 files, as certification authorities hand them out: `officer_12.p12`, each with its own passphrase.

The passphrases lie elsewhere, in one TOML file that only its owner may read:

    "officer:12" = "a passphrase"
    "seal:H49.21" = "another"
"""

import tomllib
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from onestop.errors import Unavailable
from onestop.trust.adapters.folder_keys import FolderKeys
from onestop.trust.rules.algorithms import Algorithm, PrivateKey
from onestop.trust.rules.certificates import link_chain


class Passphrases:
    """Read from `file` whenever a key file is opened or written."""

    def __init__(self, file: Path, keys_folder: Path) -> None:
        self._file = file
        self._keys_folder = keys_folder

    def of(self, key: str) -> bytes:
        """Return the passphrase. Raises `Unavailable` (`keys.secret_open`, `keys.no_secret`)."""
        if not self._file.is_file():
            raise Unavailable("keys.no_secret", key=key)
        if self._file.stat().st_mode & 0o077 or self._file.resolve().is_relative_to(self._keys_folder.resolve()):
            raise Unavailable("keys.secret_open", path=str(self._file))
        found = tomllib.loads(self._file.read_text()).get(key)
        if not isinstance(found, str) or not found:
            raise Unavailable("keys.no_secret", key=key)
        return found.encode()


class Pkcs12:
    """Files as of RFC 7292."""

    suffix = ".p12"

    def __init__(self, passphrases: Passphrases) -> None:
        self._passphrases = passphrases

    def seal(self, key: str, private_key: PrivateKey, chain: tuple[bytes, ...]) -> bytes:
        """Return the file's content, encrypted with AES-256."""
        certificate, *others = (x509.load_der_x509_certificate(der) for der in chain)
        encryption = BestAvailableEncryption(self._passphrases.of(key))
        return pkcs12.serialize_key_and_certificates(key.encode(), private_key, certificate, others, encryption)

    def open(self, key: str, data: bytes) -> tuple[PrivateKey, tuple[bytes, ...]]:
        """Return private key and certificates, the key's own first, the root left out."""
        try:
            private_key, certificate, others = pkcs12.load_key_and_certificates(data, self._passphrases.of(key))
        except ValueError as error:
            raise Unavailable("key.locked", key=key) from error
        if not isinstance(private_key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) or certificate is None:
            raise Unavailable("key.locked", key=key)
        return private_key, tuple(c.public_bytes(Encoding.DER) for c in link_chain(certificate, others))


class Pkcs12Keys(FolderKeys):
    """Keys under `folder`, their passphrases in a file elsewhere."""

    def __init__(self, folder: Path, passphrases: Path, algorithm: Algorithm = Algorithm.EC_P256) -> None:
        super().__init__(folder, Pkcs12(Passphrases(passphrases, folder)), algorithm)
