"""The claim of an issued result, and what holds of a claim that somebody shows."""

import io
import json
from dataclasses import dataclass, replace
from datetime import datetime

import pikepdf

from onestop.documents.rules.papers import ATTACHMENT_FORMAT
from onestop.dossiers.models import Dossier
from onestop.results.queries.revocations import find_revoked
from onestop.results.rules.verdicts import Checked, Verdict
from onestop.signatures.rules.claims import Claim, decode_claim, from_digits
from onestop.signing.models import ResultPaper
from onestop.trust.queries.published import find_published, is_signed
from onestop.trust.rules import cose
from onestop.validation.queries import verify_pdf
from onestop.validation.rules import BREAKING, Finding, VerificationReport

_NOTHING_TO_JUDGE = {Finding.NOT_A_PDF, Finding.BROKEN_FILE, Finding.NO_SIGNATURE, Finding.UNTRUSTED}


@dataclass(frozen=True, slots=True)
class Issued:
    """A sealed result: its number, its file, the id of its claim (empty if it bears none)."""

    number: str
    sha256: str
    claim_id: bytes


def find_issued(dossier: Dossier) -> Issued | None:
    """Return the sealed result of a dossier, or None."""
    paper = ResultPaper.objects.filter(dossier=dossier, sealed_at__isnull=False).first()
    if paper is None:
        return None
    claim = find_claim(paper.content)
    return Issued(paper.number, paper.sealed_sha256, claim.claim_id if claim else b"")


def find_claim(content: dict[str, object]) -> Claim | None:
    """Return the claim that a paper of this content bears, or None."""
    text = content.get("claim")
    return decode_claim(cose.parse(from_digits(text)).payload) if isinstance(text, str) else None


def check_claim(text: str, *, at: datetime) -> Checked:
    """Return what holds of the digits of a QR code, or of its whole address, at a moment. Never raises."""
    try:
        message = cose.parse(from_digits(text))
        claim = decode_claim(message.payload)
    except ValueError:
        return Checked(Verdict.UNKNOWN, "claim.unreadable")
    key = find_published(message.key_id)
    if key is None:
        return Checked(Verdict.UNKNOWN, "key.unknown", claim)
    if not is_signed(message, key.certificate):
        return Checked(Verdict.FAILS, "claim.altered", claim)
    if key.key != f"claim:{claim.issuer}":
        return Checked(Verdict.FAILS, "key.of_another", claim, key.holder)
    fault = key.find_fault(claim.issued_at)
    if fault:
        return Checked(Verdict.UNKNOWN, fault, claim, key.holder)
    return _check_revoked(claim, key.holder, at)


def check_file(data: bytes, *, at: datetime) -> Checked:
    """Return what holds of a result as a file: every signature, the seal of the agency that claims it, the claim."""
    report = verify_pdf(data, at)
    if not report.valid:
        reason = next(iter(report.findings), None) or _breaking(report)
        verdict = Verdict.UNKNOWN if reason in _NOTHING_TO_JUDGE else Verdict.FAILS
        return Checked(verdict, reason.value, report=report)
    address = find_attached_claim(data)
    if not address:
        return Checked(Verdict.UNKNOWN, "file.without_claim", report=report)
    checked = check_claim(address, at=at)
    sealed = report.signatures[-1]
    if checked.verdict is Verdict.HOLDS and (sealed.role != "organisation" or sealed.signer != checked.holder):
        checked = replace(checked, verdict=Verdict.FAILS, reason="file.sealed_by_another")
    return replace(checked, report=report)


def find_attached_claim(data: bytes) -> str:
    """Return the address with the claim from the data attached to a paper, or an empty text."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            found = [json.loads(pdf.attachments[name].get_file().read_bytes()) for name in pdf.attachments]
        claims = [one["content"]["claim"] for one in found if one["format"] == ATTACHMENT_FORMAT]
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return claims[0] if len(claims) == 1 and isinstance(claims[0], str) else ""


def _check_revoked(claim: Claim, holder: str, at: datetime) -> Checked:
    one = find_revoked(claim, at)
    if one is None:
        return Checked(Verdict.HOLDS, "", claim, holder)
    return Checked(Verdict.REVOKED, "claim.revoked", claim, holder, one.at, one.cause)


def _breaking(report: VerificationReport) -> Finding:
    return next(finding for one in report.signatures for finding in one.findings if finding in BREAKING)
