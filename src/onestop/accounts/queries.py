"""Reading accounts and their sessions."""

from datetime import datetime

from onestop.accounts.models import Account, Session
from onestop.errors import NotFound


def get_account(account_id: int) -> Account:
    """Return the account of that id. Raises `NotFound`."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound("account.not_found", account_id=account_id)
    return account


def find_account(username: str) -> Account | None:
    """Return the account of that user name, whatever its case, or None."""
    return Account.objects.filter(username=username.strip().lower()).first()


def find_accounts(account_ids: frozenset[int]) -> dict[int, Account]:
    """Return the accounts of these ids by id, in one statement; unknown ids are left out."""
    return Account.objects.in_bulk(account_ids)


def count_sessions(account_id: int, at: datetime) -> int:
    """Return in how many browsers the account is logged in at that moment."""
    return Session.objects.filter(account_id=account_id, expires_at__gt=at).count()
