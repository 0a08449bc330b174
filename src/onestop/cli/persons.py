"""Whoever acts at the command line in their own name: a log-in with its password."""

from datetime import datetime
from typing import TYPE_CHECKING

from onestop.errors import Invalid

if TYPE_CHECKING:
    from onestop.accounts.rules import Principal


def log_in(username: str, password: str, at: datetime) -> "Principal":
    """Return the officer of that log-in in the post held at `at`. Raises `Invalid`."""
    from onestop.accounts.queries import find_account
    from onestop.agencies.queries import find_principal

    account = find_account(username)
    principal = find_principal(account_id=account.pk, at=at) if account and account.check_password(password) else None
    if principal is None:
        raise Invalid("account.not_recognised", username=username)
    return principal
