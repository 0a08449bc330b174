"""`onestop keys`: the certificates of signing keys: which there are, and to issue, adopt, renew and revoke them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import click

from onestop.cli.answers import answer, json_option, use_django
from onestop.errors import Fault, Invalid, NotFound
from onestop.trust.rules.names import RevocationReason, is_key_name, kind_of

_DAY = "%Y-%m-%d"


@click.group()
def keys() -> None:
    """Certificates of signing keys. Where the keys themselves live is told by the file that ONESTOP_TRUST names."""


@keys.command("list")
@click.argument("key", default="")
@click.option("--expiring", "days", type=click.IntRange(0), help="Only those in use that end within so many days.")
@json_option
def list_keys(key: str, days: int | None, as_json: bool) -> None:
    """List certificates on record, those in use first; of one KEY, e.g. seal:H49.21, or of all."""
    use_django()
    from onestop.trust.queries.certificates import list_certificates, list_expiring

    rows = list_certificates(key) if days is None else list_expiring(datetime.now(UTC) + timedelta(days=days))
    answer([_shown(row) for row in rows], "\n".join(_line(row) for row in rows) or "None.", as_json=as_json)


@keys.command()
@click.argument("key")
@click.option("--name", required=True, help="The person or the body, as it stands in the certificate.")
@click.option("--organisation", default="", help="The agency.")
@json_option
def issue(key: str, name: str, organisation: str, as_json: bool) -> None:
    """Make KEY where its name belongs, and have it certified; one that is there already is taken on record.

    So a token or file that a licensed authority has filled is adopted: its certificate must bear NAME and ORGANISATION.
    """
    use_django()
    from onestop.trust.operations import issue_key

    if not is_key_name(key):
        raise Invalid("key.cannot_issue", faults=(Fault("key", "key.bad_name"),))
    row = issue_key(key=key, common_name=name, organisation=organisation, kind=kind_of(key), at=datetime.now(UTC))
    answer(_shown(row), _line(row), as_json=as_json)


@keys.command()
@click.argument("key")
@json_option
def renew(key: str, as_json: bool) -> None:
    """Give KEY a new pair and certificate, valid from now; what was signed with the old one holds on."""
    use_django()
    from onestop.trust import operations

    row = operations.renew(key=key, at=datetime.now(UTC))
    answer(_shown(row), _line(row), as_json=as_json)


@keys.command()
@click.argument("key")
@click.option("--reason", required=True, type=click.Choice([reason.value for reason in RevocationReason]))
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def revoke(key: str, reason: str, yes: bool, as_json: bool) -> None:
    """Declare the certificate of KEY void from now on, publish that, and destroy the private key.

    What was signed before holds on. `renew` gives the key a new pair.
    """
    use_django()
    from onestop.trust import operations
    from onestop.trust.queries.certificates import find_current_certificate

    row = find_current_certificate(key)
    if row is None:
        raise NotFound("key.unknown", key=key)
    if not yes:
        click.confirm(f"This destroys the private key of {row.common_name}. Go on?", abort=True, err=True)
    row = operations.revoke(certificate=row.id, at=datetime.now(UTC), reason=RevocationReason(reason))
    answer(_shown(row), _line(row), as_json=as_json)


def _state(row: Any) -> str:
    if row.revoked_at is not None:
        return f"revoked {row.revoked_at:{_DAY}} ({row.revocation_reason})"
    return f"superseded {row.superseded_at:{_DAY}}" if row.superseded_at is not None else "in use"


def _line(row: Any) -> str:
    return f"{row.key:20} {row.valid_from:{_DAY}} - {row.valid_until:{_DAY}}  {_state(row):32} {row.common_name}"


def _shown(row: Any) -> dict[str, Any]:
    return {
        "number": row.id,
        "key": row.key,
        "name": row.common_name,
        "organisation": row.organisation,
        "serial": row.serial,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "superseded_at": row.superseded_at,
        "revoked_at": row.revoked_at,
        "reason": row.revocation_reason,
    }
