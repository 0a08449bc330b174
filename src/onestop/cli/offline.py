"""`onestop offline-verifier`: the page that checks results without the internet, as a file."""

from pathlib import Path

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.config.running import Household, migrate
from onestop.errors import Refused


@click.command("offline-verifier")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@json_option
def offline_verifier(file: Path, force: bool, as_json: bool) -> None:
    """Write one HTML file that checks results with the network off, and say its SHA-256.

    It holds the trusted keys and the signed list of revoked results as of now, in three languages.
    """
    if file.exists() and not force:
        raise Refused("file.exists", path=str(file))
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from django.utils import timezone

        from onestop.web.verify.offline import build_offline_page

        page = build_offline_page(at=timezone.now())
    file.write_bytes(page.content)
    found = {"file": str(file), "sha256": page.sha256, "bytes": len(page.content), "revocations_as_of": page.made_at}
    text = f"{page.sha256}  {file}\n{len(page.content)} bytes; revocations known as of {page.made_at.isoformat()}"
    answer(found, text, as_json=as_json)
