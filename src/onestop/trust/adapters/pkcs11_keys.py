"""Keys in a security module (PKCS#11): made there, used there, never taken out; tried on SoftHSM 2.

Key and certificate bear the key's name as their label, or another one that the configuration tells. The token signs
digests as they are (`CKM_ECDSA`, and `CKM_RSA_PKCS` over the DigestInfo), which every module can. One session is kept;
it is opened anew when the token was gone, and after a fork.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import RLock
from typing import Any, TypeVar

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass

from onestop.errors import Unavailable
from onestop.trust.adapters.pkcs11_objects import certificate_attributes, generate, public_der
from onestop.trust.ports import Consent, SignatureRequest
from onestop.trust.rules.algorithms import Algorithm, digest_info, ecdsa_der
from onestop.trust.rules.names import is_key_name

T = TypeVar("T")
_WRONG_PIN = (pkcs11.PinIncorrect, pkcs11.PinLocked, pkcs11.PinExpired, pkcs11.PinLenRange, pkcs11.PinInvalid)
_MAX_CHAIN = 4


@dataclass(frozen=True, slots=True)
class Held:
    """A key as found on the token: its handle there, and its certificates as DER."""

    private_key: Any
    chain: tuple[bytes, ...]
    is_ec: bool


class Pkcs11Keys:
    """Keys on the token `token` of the module (a shared library) `module`."""

    def __init__(
        self,
        module: str,
        token: str,
        pin: Callable[[], str],
        algorithm: Algorithm = Algorithm.EC_P256,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        self._module = module
        self._token = token
        self._pin = pin
        self._algorithm = algorithm
        self._labels = labels or {}
        self._lock = RLock()
        self._session: Any = None
        self._process = 0
        self._held: dict[str, Held] = {}

    def chain(self, key: str) -> tuple[bytes, ...]:
        """Return the certificates of `key`."""
        return self._with_token(lambda session: self._find(session, key).chain)

    def consent(self, key: str) -> Consent | None:
        """Nothing is needed."""
        self.chain(key)
        return None

    def sign(self, key: str, digest: bytes) -> bytes:
        """Sign a 32-byte digest."""

        def act(session: Any) -> bytes:
            held = self._find(session, key)
            if held.is_ec:
                return ecdsa_der(held.private_key.sign(digest, mechanism=Mechanism.ECDSA))
            return bytes(held.private_key.sign(digest_info(digest), mechanism=Mechanism.RSA_PKCS))

        return self._with_token(act)

    def request(self, key: str, digest: bytes, *more: bytes) -> SignatureRequest:
        """Ask for signatures that `collect` makes."""
        self.chain(key)
        return SignatureRequest(key, digest, more=more)

    def confirm(self, request: SignatureRequest, factors: Mapping[str, str]) -> SignatureRequest:
        """Nobody has to be asked: the installation's PIN opened the token."""
        return request

    def collect(self, request: SignatureRequest) -> bytes | None:
        """Sign what was asked for."""
        return self.sign(request.key, request.digest)

    def collect_all(self, request: SignatureRequest) -> tuple[bytes, ...] | None:
        """Sign everything asked for."""
        return tuple(self.sign(request.key, digest) for digest in request.digests)

    def enrol(self, key: str, certify: Callable[[bytes], tuple[bytes, ...]]) -> tuple[bytes, ...]:
        """Make a new pair on the token, have it certified, keep the certificate beside it; older ones are destroyed."""
        label, number = self._label(key), secrets.token_bytes(16)

        def act(session: Any) -> tuple[bytes, ...]:
            public, _ = generate(session, self._algorithm, label, number)
            try:
                chain = certify(public_der(public))
            except BaseException:
                _destroy(session, {Attribute.ID: number})
                raise
            session.create_object(certificate_attributes(chain[0], label, number))
            for issuer in chain[1:]:
                if not _subjects(session, x509.load_der_x509_certificate(issuer).subject):
                    session.create_object(certificate_attributes(issuer, "authority", b""))
            _destroy(session, {Attribute.LABEL: label}, keep=number)
            self._held.pop(key, None)
            return chain

        return self._with_token(act)

    def withdraw(self, key: str) -> None:
        """Destroy the pair and take its certificate off the token."""
        label = self._label(key)
        self._with_token(lambda session: _destroy(session, {Attribute.LABEL: label}))
        self._held.pop(key, None)

    def _label(self, key: str) -> str:
        if not is_key_name(key):
            raise Unavailable("key.unknown", key=key)
        return self._labels.get(key, key)

    def _find(self, session: Any, key: str) -> Held:
        """Return the key; whether its handle still holds is asked each time, since others may have renewed it."""
        held = self._held.get(key)
        if held is not None:
            held.private_key[Attribute.ID]
            return held
        found = _look_up(session, self._label(key), key)
        self._held[key] = found
        return found

    def _with_token(self, act: Callable[[Any], T]) -> T:
        """Do something in the session; if that fails, in a new one; if that fails, after loading the module anew."""
        reason = ""
        with self._lock:
            for anew in (False, False, True):
                try:
                    return act(self._open(anew=anew))
                except pkcs11.PKCS11Error as error:
                    reason = type(error).__name__
                except Unavailable as error:
                    if anew or not reason or error.code != "key.unknown":
                        raise  # else a key that was there a moment ago is not: the token may be gone
                self._close()
        raise Unavailable("keys.down", place=self._token, reason=reason)

    def _open(self, *, anew: bool) -> Any:
        """Return the session; loading the module anew finds tokens that were put back, and ends others' sessions."""
        forked = self._process not in (0, os.getpid())
        if self._session is None or forked:
            self._held.clear()
            module = pkcs11.lib(self._module)
            if anew or forked:
                module.reinitialize()
            self._session = self._log_in(module.get_token(token_label=self._token))
            self._process = os.getpid()
        return self._session

    def _log_in(self, token: Any) -> Any:
        try:
            return token.open(rw=True, user_pin=self._pin())
        except pkcs11.UserAlreadyLoggedIn:  # another user of this process did
            return token.open(rw=True)
        except _WRONG_PIN as error:  # never tried twice: a token locks itself after a few
            raise Unavailable("key.locked", key=self._token) from error

    def _close(self) -> None:
        self._session = None
        self._held.clear()


def _look_up(session: Any, label: str, key: str) -> Held:
    certificates = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.LABEL: label})
    for found in list(certificates):
        wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: found[Attribute.ID]}
        for private_key in list(session.get_objects(wanted)):
            chain = _chain(session, bytes(found[Attribute.VALUE]))
            return Held(private_key, chain, private_key.key_type is KeyType.EC)
    raise Unavailable("key.unknown", key=key)


def _chain(session: Any, certificate: bytes) -> tuple[bytes, ...]:
    """Follow the issuers that lie on the token; the root is left out."""
    chain, current = [certificate], x509.load_der_x509_certificate(certificate)
    while len(chain) < _MAX_CHAIN:
        issuer = next(iter(_subjects(session, current.issuer)), None)
        if issuer is None or issuer.issuer == issuer.subject:
            break
        chain.append(issuer.public_bytes(Encoding.DER))
        current = issuer
    return tuple(chain)


def _subjects(session: Any, name: x509.Name) -> list[x509.Certificate]:
    wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.SUBJECT: name.public_bytes()}
    return [x509.load_der_x509_certificate(bytes(o[Attribute.VALUE])) for o in list(session.get_objects(wanted))]


def _destroy(session: Any, wanted: dict[Attribute, Any], keep: bytes | None = None) -> None:
    for found in list(session.get_objects(wanted)):
        if keep is None or bytes(found[Attribute.ID]) != keep:
            found.destroy()
