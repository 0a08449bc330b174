"""What `onestop verify --log URL` adds: is it in the public log, and does the log of today still go on from there?"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509

from onestop.cli.bounded import run_bounded
from onestop.cli.verify_report import DOES_NOT_HOLD, HOLDS, Extra
from onestop.cli.watching import LogVisitor, read_key, read_token
from onestop.journal.rules.notes import VerifierKey
from onestop.journal.rules.proofs import HEADER, ProofReport, check_proof
from onestop.journal.rules.tiles import TiledTree, spell
from onestop.journal.rules.watching import Alarm, TileReader, compare, read_head

NAMED = "onestop:entry:"
LONGEST_WAIT = timedelta(hours=1)
_WORDS = {
    "log.included": "in the public log: entry {sequence} of its dossier ({kind}), place {place}{since}",
    "log.no_proof": "no proof of the public log is attached or lies beside it ({beside})",
    "log.of_another_file": "the proof is of another paper than this file",
    "log.back_dated": "in the log, but the entry says {recorded}, long before the log can vouch for it ({stamped})",
    "proof.unreadable": "the proof cannot be read",
    "proof.nothing_disclosed": "the proof does not disclose what it is of",
    "proof.not_included": "the proof does not lead to the log's root: something in it was altered",
    "log.other_origin": "the proof is of another log",
    "log.unsigned": "the proof's checkpoint is not signed with the log's key",
    "log.bad_signature": "the signature of the proof's checkpoint does not hold",
    "log.no_checkpoint": "the log shows no checkpoint",
    "log.unreadable": "what the log shows as its checkpoint is none",
    "log.shrunk": "the log has SHRUNK since this proof was given: it had {old} entries, now {new}",
    "log.forked": "the log was REWRITTEN since this proof was given",
    "log.tile_missing": "{tile} of the log is missing or cut",
}


@dataclass(frozen=True, slots=True)
class ProofChecked:
    """A file that is itself a proof, and what was found."""

    path: Path
    sha256: str
    extra: Extra
    entry: dict[str, Any] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """True if the entry is in the log."""
        return self.extra.holds

    @property
    def code(self) -> int:
        """The exit code that this file asks for."""
        return HOLDS if self.valid else DOES_NOT_HOLD

    def as_data(self) -> dict[str, Any]:
        """Return what was found for a machine."""
        extra = {"code": self.extra.code, "holds": self.extra.holds, "words": self.extra.words}
        about = {"file": str(self.path), "sha256": self.sha256, "kind": "tlog-proof", "valid": self.valid}
        return {**about, "entry": self.entry, "extras": [extra]}

    def as_text(self) -> str:
        """Return what was found for a person."""
        verdict = "HOLDS" if self.valid else "DOES NOT HOLD"
        return f"{self.path}: {verdict} (proof of the public log)\n  {'✓' if self.valid else '✗'} {self.extra.words}"


class LogCheck:
    """Checks proofs against a log at an address, with its key, or with the key it shows."""

    def __init__(self, url: str, key_text: str | None, roots: Sequence[x509.Certificate]) -> None:
        self._visitor = LogVisitor(url)
        self._key: VerifierKey = read_key(key_text or (self._visitor.fetch("key") or b"").decode())
        self._roots = roots

    def check_file(self, data: bytes, path: Path) -> Extra:
        """Check a paper by the proof attached to it, or the one that lies beside it."""
        beside = path.with_name(f"{path.name}.tlog-proof")
        attached, named = run_bounded(lambda: read_paper(data)) or (None, ())
        proof = attached or (beside.read_bytes() if beside.exists() else None)
        if proof is None:
            return _extra("log.no_proof", beside=beside.name)
        found, report = self.check_proof(proof), check_proof(proof, [self._key])
        belongs = report.entry_hash.hex() in named or _names(report) == hashlib.sha256(data).hexdigest()
        return found if belongs or not found.holds else _extra("log.of_another_file")

    def check_proof(self, proof: bytes) -> Extra:
        """Check a proof: against the log's key, against the log as it is shown now, and against the time stamps."""
        report = check_proof(proof, [self._key])
        if report.faults or report.signed is None:
            return _extra(report.faults[0])
        now = read_head(self._visitor.fetch("checkpoint"), self._key)
        if isinstance(now, Alarm):
            return _extra(now.code)
        tree = TiledTree(now.head.size, TileReader(self._visitor.fetch).tile)
        alarm = compare(report.signed.head, now.head, tree)
        return _extra(alarm.code, **alarm.params) if alarm else self._judge_time(report)

    def check_proof_file(self, data: bytes, path: Path) -> ProofChecked:
        """Check a file that is itself a proof."""
        report = check_proof(data, [self._key])
        return ProofChecked(path, hashlib.sha256(data).hexdigest(), self.check_proof(data), report.entry)

    def _judge_time(self, report: ProofReport) -> Extra:
        assert report.signed
        text = report.signed.note.text.encode()
        token = self._visitor.fetch(f"checkpoints/{spell(report.signed.head.size)}.tst")
        stamped = read_token(token, text, self._roots) if token else None
        at = stamped if isinstance(stamped, datetime) else None
        recorded = report.recorded_at
        if at and recorded and recorded < at - LONGEST_WAIT:
            return _extra("log.back_dated", recorded=f"{recorded:%Y-%m-%d %H:%M}", stamped=f"{at:%Y-%m-%d %H:%M} UTC")
        since = f", time attested {at:%Y-%m-%d %H:%M:%S} UTC" if at else ", no time stamp at hand"
        sequence, kind = report.entry.get("sequence"), report.entry.get("kind")
        return _extra("log.included", sequence=sequence, kind=kind, place=report.index + 1, since=since)


def is_proof(data: bytes) -> bool:
    """True if a file is a proof."""
    return data.startswith(f"{HEADER}\n".encode())


def read_paper(data: bytes) -> tuple[bytes | None, tuple[str, ...]]:
    """Return the proof attached to a PDF, or None, and the hashes of entries that it names among its keywords."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            words = str(pdf.docinfo.get("/Keywords", "")).replace(",", " ").split()
            named = tuple(word.removeprefix(NAMED) for word in words if word.startswith(NAMED))
            files = [name for name in pdf.attachments if name.endswith(".tlog-proof")]
            return (pdf.attachments[files[0]].get_file().read_bytes() if files else None), named
    except (pikepdf.PdfError, ValueError, KeyError):
        return None, ()


def _names(report: ProofReport) -> str | None:
    """Return the hash of the file that an entry names."""
    payload = report.entry.get("payload")
    return payload.get("sha256") if isinstance(payload, dict) else None


def _extra(code: str, **params: Any) -> Extra:
    return Extra(code, code == "log.included", _WORDS[code].format_map(params))
