"""`onestop sign`: signatures beside files, made with any key; and entries of the journal with theirs, to hand out."""

import hashlib
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from onestop.signatures.operations.detached import PreparedFile

_ASK_EVERY_SECONDS = 2.0


@click.group()
def sign() -> None:
    """Signatures in files of their own (CAdES, .p7s), beside what they sign."""


@sign.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--key", required=True, help="The signing key, e.g. seal:H49.21 or officer:12.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of FILE.p7s.")
@click.option("--stamp/--no-stamp", default=True, help="With a time stamp (CAdES-T) or without (CAdES-B).")
@json_option
def file(file: Path, key: str, to: Path | None, stamp: bool, as_json: bool) -> None:
    """Sign FILE. A holder who must consent is asked for PIN and one-time code, or waited for."""
    use_django()
    from onestop.signatures.operations.detached import complete_file, prepare_file

    target = to or file.with_name(f"{file.name}.p7s")
    if target.exists():
        raise Invalid("file.exists", path=str(target))
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").digest()
    prepared = prepare_file(digest=digest, key=key, at=datetime.now(UTC))
    made = complete_file(prepared=prepared, signature=_signature(prepared), stamp=stamp)
    target.write_bytes(made)
    answer({"file": str(file), "signature": str(target), "key": key}, f"Signed: {target}", as_json=as_json)


@sign.command()
@click.argument("code")
@click.option(
    "--to", required=True, type=click.Path(path_type=Path, file_okay=False), help="A folder; made if missing."
)
@json_option
def entries(code: str, to: Path, as_json: bool) -> None:
    """Write every entry of the dossier CODE with its signature, for checking without us.

    \b
        openssl cms -verify -cades -binary -inform DER -purpose any -CAfile root.pem \\
            -in 0001-submit.json.p7s -content 0001-submit.json
    """
    use_django()
    from onestop.dossiers.queries.dossiers import get_unscoped
    from onestop.journal.queries import list_entries, stored
    from onestop.trust.queries.entries import sign_off

    to.mkdir(parents=True, exist_ok=True)
    written = []
    for row in list_entries(get_unscoped(code).pk):
        made = sign_off(stored(row))
        name = f"{row.sequence:04}-{row.kind}.json"
        (to / name).write_bytes(made.content)
        (to / f"{name}.p7s").write_bytes(made.signature)
        written.append(name)
    answer({"folder": str(to), "entries": written}, f"{len(written)} entries in {to}.", as_json=as_json)


def _signature(prepared: "PreparedFile") -> bytes:
    """Let the key sign, or its holder consent."""
    from onestop.trust import ports

    keys = ports.keys()
    try:
        return keys.sign(prepared.key, prepared.digest)
    except Unavailable as error:
        if error.code != "key.asks_holder":
            raise
    request = keys.request(prepared.key, prepared.digest)
    signature = None if request.asks else keys.collect(request)
    if request.asks:
        factors = {name: click.prompt(name, hide_input=True, err=True) for name in request.asks}
        signature = keys.collect(keys.confirm(request, factors))
    while signature is None:
        progress("The holder is being asked ...")
        time.sleep(_ASK_EVERY_SECONDS)
        signature = keys.collect(request)
    return signature
