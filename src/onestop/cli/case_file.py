"""`onestop case-file`: everything of one dossier in one archive that proves itself."""

import hashlib
from pathlib import Path

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.config.running import Household
from onestop.errors import Refused


@click.command("case-file")
@click.argument("code")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@json_option
def case_file(code: str, file: Path, force: bool, as_json: bool) -> None:
    """Write the case file of the dossier CODE: documents, journal, signatures, certificates, time stamps, log proofs.

    Its README.txt says how to check it with unzip, sha256sum, openssl and pdfsig alone.
    """
    if file.exists() and not force:
        raise Refused("file.exists", path=str(file))
    with Household(progress) as house:
        house.open_database()
        use_django()
        from django.utils import timezone

        from onestop.dossiers.queries.dossiers import get_unscoped
        from onestop.results.operations.case_files import make_case_file

        made = make_case_file(get_unscoped(code), at=timezone.now())
    file.write_bytes(made)
    found = {"file": str(file), "bytes": len(made), "sha256": hashlib.sha256(made).hexdigest()}
    answer(found, f"{found['sha256']}  {file}", as_json=as_json)
