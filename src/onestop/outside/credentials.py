"""The vault of the remote signing service: its keys, and what opens each, a PIN and a one-time code together.

One file a credential under `private/credentials`. The holder's telephone, which makes the codes (RFC 4226), is a file
under `private/phones`: a stand-in needs a stand-in for it.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from onestop.outside.certification import Certification, PublicKey, make_key, pem_key, person, usage, write

MAX_WRONG = 3
_LOOK_AHEAD = 10  # codes that a telephone may have made and nobody used
_PREHASHED = utils.Prehashed(hashes.SHA256())


class Denied(Exception):
    """The factors do not open the credential; `locked` after too many tries."""

    def __init__(self, *, locked: bool) -> None:
        super().__init__("locked" if locked else "wrong")
        self.locked = locked


@dataclass(frozen=True)
class Credential:
    """A key in the vault; `by_phone`: the holder is asked on the telephone, not by whoever calls."""

    id: str
    user: str
    by_phone: bool
    private_key: str
    certificate: str
    salt: str
    pin: str
    code_secret: str
    counter: int = 0
    wrong: int = 0

    @property
    def locked(self) -> bool:
        """True after too many wrong tries."""
        return self.wrong >= MAX_WRONG

    def public_key(self) -> PublicKey:
        """Return the public key that the certificate is for."""
        key = x509.load_der_x509_certificate(base64.b64decode(self.certificate)).public_key()
        assert isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey)
        return key


class Vault:
    """All credentials, each change of them on the disk at once."""

    def __init__(self, folder: Path, certification: Certification) -> None:
        self._folder = folder / "private"
        self._certification = certification

    def create(
        self, *, user: str, name: str, organisation: str, algorithm: str, pin: str, by_phone: bool, unique_id: str = ""
    ) -> Credential:
        """Make a key, certify it, and give its holder a telephone; `unique_id` stands in the certificate."""
        key = make_key(algorithm)
        subject = person(name, organisation, USER_ID=unique_id or user)
        made = self._certification.certify(
            key.public_key(), subject, usage(digital_signature=True, content_commitment=True)
        )
        salt, code_secret = secrets.token_hex(16), secrets.token_hex(20)
        credential = Credential(
            id=secrets.token_hex(8),
            user=user,
            by_phone=by_phone,
            private_key=pem_key(key).decode(),
            certificate=base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode(),
            salt=salt,
            pin=_stretched(pin, salt),
            code_secret=code_secret,
        )
        self._keep(credential)
        write(self._phone(credential.id), json.dumps({"secret": code_secret, "counter": 0}).encode())
        return credential

    def find(self, number: str) -> Credential | None:
        """Return a credential by its id, or None."""
        file = self._file(number)
        return Credential(**json.loads(file.read_text())) if number.isalnum() and file.exists() else None

    def of(self, user: str) -> list[Credential]:
        """Return the credentials of a user."""
        found = (self.find(path.stem) for path in sorted(self._file("x").parent.glob("*.json")))
        return [credential for credential in found if credential is not None and credential.user == user]

    def open(self, number: str, pin: str, code: str) -> None:
        """Check both factors. Raises `Denied`; a code is used up by being right, a try is counted by being wrong."""
        credential = self.find(number)
        if credential is None or credential.locked:
            raise Denied(locked=True)
        step = _find_step(credential, code)
        if step is None or not hmac.compare_digest(_stretched(pin, credential.salt), credential.pin):
            wrong = replace(credential, wrong=credential.wrong + 1)
            self._keep(wrong)
            raise Denied(locked=wrong.locked)
        self._keep(replace(credential, wrong=0, counter=step + 1))

    def next_code(self, number: str) -> str:
        """Return what the holder's telephone shows when its button is pressed."""
        phone = json.loads(self._phone(number).read_text())
        write(self._phone(number), json.dumps({**phone, "counter": phone["counter"] + 1}).encode())
        return one_time_code(phone["secret"], phone["counter"])

    def _keep(self, credential: Credential) -> None:
        write(self._file(credential.id), json.dumps(asdict(credential)).encode())

    def _file(self, number: str) -> Path:
        return self._folder / "credentials" / f"{number}.json"

    def _phone(self, number: str) -> Path:
        return self._folder / "phones" / f"{number}.json"


def sign(credential: Credential, digest: bytes) -> bytes:
    """Sign a SHA-256 digest."""
    key = serialization.load_pem_private_key(credential.private_key.encode(), None)
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(digest, ec.ECDSA(_PREHASHED))
    assert isinstance(key, rsa.RSAPrivateKey)
    return key.sign(digest, padding.PKCS1v15(), _PREHASHED)


def one_time_code(secret: str, counter: int) -> str:
    """Return a code of six digits (HOTP, RFC 4226)."""
    mac = hmac.digest(bytes.fromhex(secret), counter.to_bytes(8), "sha1")
    at = mac[-1] & 0xF
    return f"{(int.from_bytes(mac[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"


def _find_step(credential: Credential, code: str) -> int | None:
    """Which of the codes not used yet it is."""
    steps = range(credential.counter, credential.counter + _LOOK_AHEAD)
    return next(
        (step for step in steps if hmac.compare_digest(one_time_code(credential.code_secret, step), code)), None
    )


def _stretched(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=2**12, r=8, p=1).hex()
