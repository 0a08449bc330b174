"""A time-stamp authority in the process, for trying out and for tests: real RFC 3161 tokens for the moment handed in.

It attests whatever it is told, so it proves nothing to an outsider; it lets past days be replayed.
"""

import hashlib
import secrets
from datetime import datetime
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from onestop.trust.adapters import files
from onestop.trust.adapters.file_keys import open_bundle, passphrase, pem, seal_bundle
from onestop.trust.adapters.folder_keys import public_der
from onestop.trust.adapters.local_authority import LAST_VALID, LocalAuthority
from onestop.trust.ports import Subject
from onestop.trust.rules import cms
from onestop.trust.rules.algorithms import PrivateKey, sign_digest
from onestop.trust.rules.certificates import FIRST_VALID
from onestop.trust.rules.names import KeyKind


class LocalTimeStamps:
    """Signs time stamps with a key of its own, certified by the local authority at the first need."""

    max_bytes = 2000

    def __init__(self, folder: Path, secret: str, authority: LocalAuthority) -> None:
        self._public = folder
        self._file = folder / "private" / "time_stamps.key"
        self._secret = secret
        self._authority = authority
        self._loaded: tuple[PrivateKey, tuple[bytes, ...]] | None = None

    @cached_property
    def _passphrase(self) -> bytes:
        return passphrase(self._secret)

    def stamp(self, digest: bytes, at: datetime) -> bytes:
        """Return a token over a SHA-256 digest for the moment `at`."""
        private_key, chain = self._loaded or self._load()
        info = cms.time_stamp_info(digest, at, secrets.randbits(63))
        attributes = cms.signed_attributes(hashlib.sha256(info).digest(), chain[0], cms.TST_INFO)
        signature = sign_digest(private_key, hashlib.sha256(attributes).digest())
        return cms.signed_data(
            chain=chain, attributes=attributes, signature=signature, content=info, content_type=cms.TST_INFO
        )

    def _load(self) -> tuple[PrivateKey, tuple[bytes, ...]]:
        self._authority.prepare()
        with files.locked(self._file.parent):
            if not self._file.exists():
                self._found()
            self._loaded = open_bundle(self._file.read_bytes(), self._passphrase, "time_stamps")
        return self._loaded

    def _found(self) -> None:
        subject = Subject(
            "system:time-stamps", "onestop - dấu thời gian thử nghiệm", "", KeyKind.SYSTEM, FIRST_VALID, LAST_VALID
        )
        private_key = ec.generate_private_key(ec.SECP256R1())
        chain = self._authority.issue_time_stamping(subject, public_der(private_key))
        files.write(self._public / "time_stamps.pem", pem(chain[0]), 0o644)
        files.write(self._file, seal_bundle(private_key, chain, self._passphrase))
