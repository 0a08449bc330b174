"""The secret that the payment platform and its client share, and signatures made with it."""

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from onestop.outside.certification import write

OLDEST_SECONDS = 300
_SIGNATURE = re.compile(r"t=(\d{1,12}), v1=([0-9a-f]{64})")


@dataclass(frozen=True)
class Secret:
    """Signs and checks messages: `t=<seconds>, v1=<HMAC-SHA-256 of "t.message">`."""

    value: bytes

    def sign(self, message: bytes, at: float) -> str:
        """Return the signature of a message at a moment, in seconds since 1970."""
        return f"t={int(at)}, v1={self._mac(str(int(at)), message)}"

    def is_signed(self, message: bytes, signature: str, at: float) -> bool:
        """True if the message was signed with this secret not long ago."""
        found = _SIGNATURE.fullmatch(signature)
        if found is None or abs(int(found[1]) - at) > OLDEST_SECONDS:
            return False
        return hmac.compare_digest(self._mac(found[1], message), found[2])

    def another(self) -> "Secret":
        """Return a secret that the client does not know."""
        return Secret(self.value[::-1] + b"?")

    def _mac(self, moment: str, message: bytes) -> str:
        return hmac.new(self.value, moment.encode() + b"." + message, hashlib.sha256).hexdigest()


def open_secret(folder: Path) -> Secret:
    """Return the secret kept in the folder, made at the first start, for its owner's eyes only."""
    place = folder / "private" / "client.json"
    if not place.exists():
        write(place, json.dumps({"secret": secrets.token_hex(32)}).encode())
    return Secret(json.loads(place.read_text())["secret"].encode())
