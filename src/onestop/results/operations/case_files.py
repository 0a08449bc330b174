"""Putting a case file together: everything of a dossier in one archive, signed and stamped."""

import hashlib
import io
import json
import zipfile
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from onestop.accounts.rules import SYSTEM
from onestop.documents.ports import store
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import list_parts
from onestop.errors import NotFound
from onestop.journal.models import JournalEntry
from onestop.journal.queries import list_entries, stored
from onestop.journal.queries.proofs import list_logged, make_proof
from onestop.results.models import KeptResult
from onestop.results.rules import case_files as rules
from onestop.signatures.operations.detached import sign_file
from onestop.signing.models import InitialledPaper, ResultPaper
from onestop.trust import ports
from onestop.trust.queries.entries import sign_off
from onestop.trust.rules.certificates import LOCAL_ZONE

EARLIEST = (1980, 1, 1, 0, 0, 0)


def make_case_file(dossier: Dossier, *, at: datetime) -> bytes:
    """Return the case file of a dossier that the caller may read, as an ASiC-E container.

    Raises `Unavailable` if the system's key cannot sign or no time stamp is to be had.
    """
    entries = list_entries(dossier.pk)
    files = _documents(dossier) | _journal(entries) | _proofs(entries) | _certificates()
    root = ports.trust_anchors().roots()[0]
    files["answers.json"] = json.dumps(
        dossier.answers, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()  # as the journal hashed them
    files["README.txt"] = rules.readme(code=dossier.code, at=at.astimezone(LOCAL_ZONE), root=root).encode()
    listed = rules.manifest(files)
    files |= {
        rules.MANIFEST: listed,
        f"{rules.MANIFEST}.p7s": _signature(listed, at),
        f"{rules.MANIFEST}.tst": ports.time_stamps().stamp(hashlib.sha256(listed).digest(), at),
    }
    outer = rules.asic_manifest(files)
    return _zip(files | {rules.ASIC_MANIFEST: outer, rules.ASIC_SIGNATURE: _signature(outer, at)})


def _documents(dossier: Dossier) -> dict[str, bytes]:
    """Every file ever handed in, the result initialled, signed, sealed and kept: each under its own hash."""
    rows = [(part.sha256, part.document, part.file_name) for part in list_parts(dossier) if part.sha256]
    initialled = InitialledPaper.objects.filter(dossier=dossier).first()
    if initialled is not None:
        rows.append((initialled.sha256, "result, initialled", "initialled.pdf"))
    paper = ResultPaper.objects.filter(dossier=dossier).first()
    if paper is not None:
        named = ((paper.signed_sha256, "result, signed"), (paper.sealed_sha256, "result, sealed"))
        rows += [(sha256, stage, f"{paper.title}.pdf") for sha256, stage in named if sha256]
    kept = KeptResult.objects.filter(dossier=dossier).first()
    if kept is not None:
        rows.append((kept.sha256, "result, kept for the long term", "kept.pdf"))
    names = {sha256: f"documents/{sha256}{_ending(name)}" for sha256, _, name in rows}
    listed = rules.document_list((names[sha256], kind, name) for sha256, kind, name in rows)
    return {name: store().get(sha256) for sha256, name in names.items()} | {"documents.txt": listed.encode()}


def _journal(entries: list[JournalEntry]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for entry in entries:
        made, name = sign_off(stored(entry)), f"journal/{entry.sequence:04}-{entry.kind}.json"
        files |= {name: made.content, f"{name}.p7s": made.signature}
    return files


def _proofs(entries: list[JournalEntry]) -> dict[str, bytes]:
    """The proofs that entries stand in the public log, of those that are published by now."""
    published = list_logged(entries)
    found = {}
    for entry in entries:
        if entry.pk in published:
            try:
                found[f"log/{entry.sequence:04}.tlog-proof"] = make_proof(entry)
            except NotFound:  # its checkpoint is not out yet
                continue
    return found


def _certificates() -> dict[str, bytes]:
    anchors = ports.trust_anchors()
    lists = {f"certificates/{number}.crl": crl for number, crl in enumerate(anchors.crls(), 1)}
    return {rules.ROOT: _pem(anchors.roots()), rules.OTHERS: _pem(anchors.intermediates()), **lists}


def _pem(certificates: tuple[bytes, ...]) -> bytes:
    return b"".join(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in certificates)


def _signature(data: bytes, at: datetime) -> bytes:
    return sign_file(digest=hashlib.sha256(data).digest(), key=SYSTEM.key, at=at)


def _ending(name: str) -> str:
    _, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and ending.isascii() and ending.isalnum() else ""


def _zip(files: dict[str, bytes]) -> bytes:
    """Pack the files; the kind of container stands first and unpacked, as its standard asks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", EARLIEST), rules.MEDIA_TYPE)
        for name in sorted(files):
            info = zipfile.ZipInfo(name, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return out.getvalue()
