"""`onestop verify`: does a signed file hold? Needs no database: the trust anchors are files."""

import hashlib
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from onestop.cli.answers import answer, json_option, progress
from onestop.trust.queries import verify_pdf
from onestop.trust.rules import BREAKING, Finding, SignatureReport, VerificationReport
from onestop.trust.rules.certificates import LOCAL_ZONE

_HOLDS, _DOES_NOT_HOLD, _UNUSABLE = 0, 1, 2
_WORDS = {
    Finding.NOT_A_PDF: "this is no PDF",
    Finding.BROKEN_FILE: "the file is damaged and cannot be read",
    Finding.NO_SIGNATURE: "nobody has signed it",
    Finding.SIGNATURE_BROKEN: "the signature is damaged and cannot be read",
    Finding.ALTERED: "the content was altered after signing",
    Finding.INVALID: "the signature does not fit the certificate",
    Finding.WEAK: "the signature uses a weak algorithm",
    Finding.CHANGED_AFTER: "something was added or changed after signing",
    Finding.NOT_COVERED: "the signature leaves part of the file uncovered",
    Finding.UNTRUSTED: "the certificate comes from an authority that is not trusted here",
    Finding.NOT_YET_VALID: "the certificate was not valid yet",
    Finding.EXPIRED: "the certificate had expired",
    Finding.REVOKED: "the certificate had been revoked",
    Finding.REVOCATION_UNKNOWN: "no revocation list of its issuer is at hand",
    Finding.STAMP_INVALID: "the time stamp does not hold",
    Finding.STAMP_UNTRUSTED: "the time stamp comes from an authority that is not trusted here",
    Finding.NO_STAMP: "no time stamp: the time is only what the signer claims",
    Finding.TIMES_DIFFER: "the time claimed differs from the time stamp",
    Finding.FOLLOWED: "followed by allowed changes, such as the next signature",
}


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Trust the authority in this file (PEM; lists of revoked certificates: .crl) or folder, instead of our own.",
)
@click.option("--at", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"]), help="Judge unstamped signatures then.")
@json_option
def verify(files: tuple[Path, ...], anchors: tuple[Path, ...], at: datetime | None, as_json: bool) -> None:
    """Check the signatures of PDF files: who signed, when, and whether anything was changed since.

    Exit 0 if every file holds, 1 if one does not, 2 if one cannot be used.
    """
    from onestop.config.places import VAR
    from onestop.config.trust import anchors_from

    believed = anchors_from(*(anchors or (VAR / "keys",)))
    if not believed.roots():
        progress("No trusted authority found: name one with --anchor FILE.")
    moment = at.replace(tzinfo=at.tzinfo or LOCAL_ZONE) if at else None
    reports = {path: _check(path, moment, believed) for path in files}
    found = {
        "valid": all(report.valid for report, _ in reports.values()),
        "files": [_as_data(path, report, digest) for path, (report, digest) in reports.items()],
    }
    answer(found, "\n".join(_as_text(path, report) for path, (report, _) in reports.items()), as_json=as_json)
    sys.exit(max(_code(report) for report, _ in reports.values()))


def _check(path: Path, at: datetime | None, anchors: Any) -> tuple[VerificationReport, str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from error
    return verify_pdf(data, at, anchors=anchors), hashlib.sha256(data).hexdigest()


def _code(report: VerificationReport) -> int:
    if report.valid:
        return _HOLDS
    return _DOES_NOT_HOLD if report.usable else _UNUSABLE


def _as_data(path: Path, report: VerificationReport, digest: str) -> dict[str, Any]:
    return {
        "file": str(path),
        "sha256": digest,
        "valid": report.valid,
        "findings": [finding.value for finding in report.findings],
        "signatures": [_signature_as_data(signature) for signature in report.signatures],
    }


def _signature_as_data(signature: SignatureReport) -> dict[str, Any]:
    return {
        "valid": signature.valid,
        "signer": signature.signer,
        "organisation": signature.organisation,
        "role": signature.role,
        "signed_at": _moment(signature.signed_at),
        "stamped_at": _moment(signature.stamped_at),
        "intact": signature.intact,
        "trusted": signature.trusted,
        "covers_whole": signature.covers_whole,
        "serial": signature.serial,
        "reason": signature.reason,
        "findings": list(signature.reasons),
    }


def _as_text(path: Path, report: VerificationReport) -> str:
    lines = [f"{path}: {'holds' if report.valid else 'DOES NOT HOLD'}"]
    lines += [f"  {_WORDS[finding]}" for finding in report.findings]
    for signature in report.signatures:
        time = _moment(signature.stamped_at) or _moment(signature.signed_at) or "unknown time"
        who = ", ".join(name for name in dict.fromkeys((signature.signer, signature.organisation)) if name) or "unknown"
        lines.append(f"  {'✓' if signature.valid else '✗'} {who} ({signature.role or 'signature'}), {time}")
        lines += [f"      {'✗' if finding in BREAKING else '·'} {_WORDS[finding]}" for finding in signature.findings]
    return "\n".join(lines)


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(LOCAL_ZONE).isoformat(timespec="seconds") if at else None
