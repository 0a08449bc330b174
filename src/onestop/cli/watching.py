"""What `onestop watch` keeps and fetches: the heads seen so far, as files; the log, over HTTP."""

import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onestop.errors import Invalid, Unavailable
from onestop.journal.rules.checkpoints import Checkpoint, SignedCheckpoint, parse_checkpoint
from onestop.journal.rules.notes import COSIGNATURE, NoteFault, VerifierKey, cosign, verifier_of
from onestop.journal.rules.tiles import WIDTH
from onestop.journal.rules.watching import Alarm, Look, find_lateness, look
from onestop.trust.rules.tokens import Believed, find_stamp_fault, token_moment

_LONGEST = 1024 * 1024
_SECONDS = 20
_WORDS = {
    "log.no_checkpoint": "the log shows no checkpoint.",
    "log.unreadable": "what the log shows as its checkpoint is none.",
    "log.other_origin": "the checkpoint is of another log, {origin}.",
    "log.unsigned": "the checkpoint is not signed with the log's key.",
    "log.bad_signature": "the signature of the checkpoint does not hold.",
    "log.shrunk": "the log has SHRUNK: it had {old} entries, now {new}.",
    "log.forked": "the log was REWRITTEN: the head of {new} entries does not go on from that of {old}.",
    "log.tiles_differ": "the tiles do not hash to the root of the checkpoint of {size} entries.",
    "log.tile_missing": "{tile} is missing or cut.",
    "log.tile_rewritten": "{tile} was REWRITTEN: it does not hash to what stands above it.",
    "log.entries_differ": "{tile} was REWRITTEN: its entries do not hash to the tree.",
    "log.bad_stamp": "the time stamp of the head of {size} entries does not hold ({reason}).",
    "log.late": "the log is LATE: its newest head was last stamped {minutes} minutes ago.",
}


def word_alarm(alarm: Alarm) -> str:
    """Return an alarm as a sentence."""
    return _WORDS[alarm.code].format_map(alarm.params)


class LogVisitor:
    """Fetches the files of a log over HTTP. Raises `Unavailable` (`log.unreachable`)."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise Invalid("log.unreachable", address=url, reason="no http address")
        self._url = url.rstrip("/")

    def fetch(self, name: str) -> bytes | None:
        """Return a file, or None if the log has none of that name."""
        status, data = self._ask(urllib.request.Request(f"{self._url}/{name}"))  # noqa: S310  checked above
        if status in (404, 410):
            return None
        if status != 200:
            raise Unavailable("log.unreachable", address=f"{self._url}/{name}", reason=f"status {status}")
        return data

    def post(self, name: str, text: str) -> int:
        """Send a text; return the status of the answer."""
        head = {"Content-Type": "text/plain; charset=utf-8"}
        place = f"{self._url}/{name}"
        return self._ask(urllib.request.Request(place, text.encode(), head, method="POST"))[0]  # noqa: S310

    def _ask(self, request: urllib.request.Request) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
                return response.status, response.read(_LONGEST)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, b""
        except (OSError, HTTPException) as error:
            raise Unavailable("log.unreachable", address=request.full_url, reason=str(error)) from error


class Watch:
    """The memory of a monitor: one file a head, the key it goes by, and how far tiles were checked."""

    def __init__(
        self, folder: Path, visitor: LogVisitor, roots: Sequence[x509.Certificate], key_text: str | None
    ) -> None:
        self._folder = folder
        self._visitor = visitor
        self._roots = roots
        self._state = folder / "state.json"
        (folder / "heads").mkdir(parents=True, exist_ok=True)
        kept = json.loads(self._state.read_text()) if self._state.exists() else {}
        self._known = int(kept.get("known", 0))
        self._key = read_key(key_text or kept.get("key") or (visitor.fetch("key") or b"").decode())
        self._seen = {int(size): datetime.fromisoformat(at) for size, at in kept.get("seen", {}).items()}
        heads = (parse_checkpoint(path.read_bytes()).head for path in (folder / "heads").iterdir())
        self.heads: list[Checkpoint] = sorted(heads, key=lambda head: head.size)

    @property
    def tiles(self) -> int:
        """How many full tiles of level 0 were checked."""
        return self._known // WIDTH

    def look(self, *, at: datetime, patience: timedelta, again: Sequence[int]) -> tuple[Look, list[Alarm]]:
        """Look once; keep what was seen, and return it with every alarm."""
        found = look(
            fetch=self._visitor.fetch,
            key=self._key,
            kept=self.heads[-1:],
            known=self._known,
            again=again,
            read_stamp=self._read_stamp,
        )
        alarms = list(found.alarms)
        if found.signed:
            first_seen = self._seen.setdefault(found.signed.head.size, at)
            late = find_lateness(found.stamped_at or first_seen, at, patience)
            alarms += [late] if late else []
            self._keep(found.signed, is_good=not found.alarms)
        return found, alarms

    def cosign(self, signed: SignedCheckpoint, private: Ed25519PrivateKey, name: str, at: datetime) -> int:
        """Say as a witness that this head goes on from all we have seen; return with which status the log took it."""
        line = cosign(name, private, signed.note.text, at)
        (self._folder / "cosignature").write_text(str(line))
        return self._visitor.post("dong-ky/", str(line))

    def _keep(self, signed: SignedCheckpoint, *, is_good: bool) -> None:
        """Keep a head under its size and root; one that is amiss is kept apart, as evidence beside the good ones."""
        head = signed.head
        folder = self._folder / ("heads" if is_good else "evidence")
        folder.mkdir(exist_ok=True)
        (folder / f"{head.size}-{head.root.hex()[:16]}.note").write_text(str(signed.note), encoding="utf-8")
        if not is_good:
            return
        if head not in self.heads:
            self.heads.append(head)
        self._known = head.size
        seen = {str(size): at.isoformat() for size, at in self._seen.items() if size == head.size}
        state = {"key": str(self._key), "known": self._known, "seen": seen}
        self._state.write_text(json.dumps(state, indent=2))

    def _read_stamp(self, token: bytes, data: bytes) -> datetime | str:
        return read_token(token, data, self._roots)


def load_private(path: Path, name: str) -> Ed25519PrivateKey:
    """Return the private key of a witness. Raises `Invalid` (`log.no_key`)."""
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), None)
        if not isinstance(private, Ed25519PrivateKey):
            raise Invalid("log.no_key", path=str(path))
        verifier_of(name, private, COSIGNATURE)
    except (NoteFault, ValueError, TypeError) as error:
        raise Invalid("log.no_key", path=str(path)) from error
    return private


def read_roots(places: Sequence[Path]) -> list[x509.Certificate]:
    """Return the certificates in files or folders."""
    paths = [path for place in places for path in (sorted(place.glob("*.pem")) if place.is_dir() else [place])]
    return [certificate for path in paths for certificate in x509.load_pem_x509_certificates(path.read_bytes())]


def read_token(token: bytes, data: bytes, roots: Sequence[x509.Certificate]) -> datetime | str:
    """Return the moment that a time stamp attests over some data, or the code of what is wrong with it.

    Without `roots` it is not asked whose stamp it is.
    """
    fault = find_stamp_fault(token, hashlib.sha256(data).digest(), Believed(roots, (), {}))
    if fault and (roots or fault != "certificate.untrusted"):
        return fault
    return token_moment(token)


def read_key(text: str) -> VerifierKey:
    """Return a public key as it is handed around. Raises `Invalid` (`log.bad_key`)."""
    try:
        return VerifierKey.parse(text)
    except NoteFault as error:
        raise Invalid("log.bad_key", text=text[:200]) from error
