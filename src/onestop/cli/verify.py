"""`onestop verify`: does a signed file hold? Needs no database: the trust anchors are files."""

import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from onestop.cli.answers import answer, json_option, progress
from onestop.cli.bounded import run_bounded
from onestop.cli.verify_log import LogCheck, ProofChecked, is_proof
from onestop.cli.verify_report import Checked, as_data, as_text
from onestop.cli.watching import read_roots
from onestop.cli.wording import word
from onestop.errors import OneStopError
from onestop.trust.rules.certificates import LOCAL_ZONE
from onestop.validation.queries import verify_file
from onestop.validation.rules import Finding, VerificationReport


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Trust the authority in this file (PEM; lists of revoked certificates: .crl) or folder, instead of our own.",
)
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"]),
    help="The moment to look from, instead of now: what a time stamp proves is judged at the stamp's own moment.",
)
@click.option(
    "--content",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What a detached signature (.p7s, .xml) signs.",
)
@click.option("--log", metavar="URL", help="Ask the public log there too: by the proof attached to FILE or beside it.")
@click.option("--log-key", metavar="KEY", help="The public key of that log; else the one it shows.")
@json_option
def verify(
    *, files: tuple[Path, ...], anchors: tuple[Path, ...], at: datetime | None, content: Path | None,
    log: str | None, log_key: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Check signed files: who signed, when, whether anything was changed since, and whether it holds.

    PDF (PAdES), CMS signatures (.p7s), XML (XAdES) and containers (ASiC); the kind is told by the content. With --log
    also proofs of the public log (.tlog-proof), by themselves or attached to a PDF or beside it (FILE.tlog-proof).
    Exit 0 if every file holds, 1 if one does not or cannot be decided, 2 if one cannot be used.
    """
    from onestop.config.places import VAR
    from onestop.config.trust import anchors_from, believed_places

    if content and len(files) > 1:
        raise click.UsageError("--content belongs to one detached signature: name one FILE.")
    believed = anchors_from(*(anchors or believed_places(VAR / "keys")))
    for name, code in believed.faults():
        progress(word(OneStopError(code, list=name)))
    if not believed.roots() and not believed.services():
        progress("No trusted authority found: name one with --anchor FILE.")
    moment = at.replace(tzinfo=at.tzinfo or LOCAL_ZONE) if at else datetime.now(UTC)
    signed = _read(content) if content else None
    in_log = LogCheck(log, log_key, read_roots(anchors)) if log else None
    checked = [_check(path, moment, signed, believed, in_log) for path in files]
    found = {"valid": all(one.valid for one in checked), "files": [_as_data(one) for one in checked]}
    answer(found, "\n".join(_as_text(one) for one in checked), as_json=as_json)
    sys.exit(max(one.code for one in checked))


def _check(
    path: Path, at: datetime, content: bytes | None, anchors: Any, in_log: LogCheck | None
) -> Checked | ProofChecked:
    data = _read(path)
    if in_log and is_proof(data):
        return in_log.check_proof_file(data, path)
    extras = (in_log.check_file(data, path),) if in_log else ()
    report = run_bounded(lambda: verify_file(data, at, content=content, anchors=anchors))
    if report is None:
        report = VerificationReport((), (Finding.TOO_COSTLY,))
    return Checked(path, hashlib.sha256(data).hexdigest(), report, extras)


def _as_data(one: Checked | ProofChecked) -> dict[str, Any]:
    return one.as_data() if isinstance(one, ProofChecked) else as_data(one)


def _as_text(one: Checked | ProofChecked) -> str:
    return one.as_text() if isinstance(one, ProofChecked) else as_text(one)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from error
