"""Opening and closing accounts, and ending sessions."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from onestop.accounts.models import Account, Session, WrongGuesses
from onestop.accounts.rules import GuessLimit, Principal, Role, find_username_faults
from onestop.errors import Fault, Invalid, NotFound, Refused, TooOften


def hash_password(password: str) -> str:
    """Return the slow, salted hash of a password, to be given to `open_account`.

    Made once and used for many accounts only where they share one password on purpose, as in a demonstration.
    """
    return make_password(password)


@transaction.atomic
def open_account(
    *,
    username: str,
    full_name: str,
    by: Principal,
    at: datetime,
    password: str | None = None,
    password_hash: str = "",
    language: str = "vi",
) -> Account:
    """Open an account; with neither `password` nor `password_hash` nobody can log in to it yet.

    Raises `Invalid` naming everything wrong with user name, name and password, or that the user name is taken.
    """
    username = unicodedata.normalize("NFC", username).strip().lower()
    full_name = " ".join(unicodedata.normalize("NFC", full_name).split())
    faults = find_username_faults(username, full_name) + _password_faults(password)
    if Account.objects.filter(username=username).exists():
        faults += (Fault("username", "username.taken"),)
    if faults:
        raise Invalid("account.invalid", faults=faults)
    return Account.objects.create(
        username=username,
        full_name=full_name,
        password=password_hash or make_password(password),
        language=language,
        opened_at=at,
        opened_by_id=by.account_id,
    )


@transaction.atomic
def change_password(*, account_id: int, password: str, by: Principal, at: datetime) -> Account:
    """Set a new password and end every session. For the own account or by an administrator."""
    _refuse_strangers(account_id, by)
    faults = _password_faults(password)
    if faults:
        raise Invalid("account.invalid", faults=faults)
    account = _lock(account_id)
    account.password, account.password_changed_at = make_password(password), at
    account.save(update_fields=["password", "password_changed_at"])
    _end_sessions(account_id)
    return account


@transaction.atomic
def choose_language(
    *,
    account_id: int,
    language: str,
    by: Principal,
    at: datetime,  # noqa: ARG001  # one shape for all operations
) -> Account:
    """Remember the language in which the account is spoken to: `vi`, `en` or `ur`."""
    _refuse_strangers(account_id, by)
    if language not in ("vi", "en", "ur"):
        raise Invalid("account.invalid", faults=(Fault("language", "language.unknown"),))
    account = _lock(account_id)
    account.language = language
    account.save(update_fields=["language"])
    return account


@transaction.atomic
def close_account(*, account_id: int, by: Principal, at: datetime) -> Account:
    """Close an account for good: nobody can log in to it, all its sessions end. Its deeds stay on record."""
    _refuse_strangers(account_id, by)
    account = _lock(account_id)
    account.is_active, account.closed_at = False, account.closed_at or at
    account.save(update_fields=["is_active", "closed_at"])
    _end_sessions(account_id)
    return account


@transaction.atomic
def end_sessions(
    *,
    account_id: int,
    by: Principal,
    at: datetime,  # noqa: ARG001  # one shape for all operations
    but: str = "",
) -> int:
    """Log the account out everywhere, but for the session whose key hash is `but`. Returns how many ended."""
    _refuse_strangers(account_id, by)
    return _end_sessions(account_id, but)


def check_guesses(*, limit: GuessLimit, subjects: Iterable[str], at: datetime) -> None:
    """Raise `TooOften` if any of `subjects` (hashes) has been wrong too often; asked before the secret is looked at."""
    rows = WrongGuesses.objects.filter(purpose=limit.purpose, subject__in=list(subjects))
    waits = [limit.wait(row.since, row.wrong, at) for row in rows]
    longest = max(waits, default=timedelta())
    if longest:
        raise TooOften("guesses.too_many", seconds=int(longest.total_seconds()) + 1)


def count_wrong_guess(*, limit: GuessLimit, subjects: Iterable[str], at: datetime) -> None:
    """Keep that each of `subjects` was wrong once more; what is older than the limit's period is forgotten."""
    with connection.cursor() as cursor:
        for subject in sorted(set(subjects)):  # in one order, so that two never wait for each other
            said: dict[str, Any] = {"purpose": limit.purpose, "subject": subject, "at": at, "old": at - limit.within}
            cursor.execute(_COUNT, said)


_COUNT = """
INSERT INTO accounts_wrongguesses AS kept (purpose, subject, since, wrong)
VALUES (%(purpose)s, %(subject)s, %(at)s, 1)
ON CONFLICT (purpose, subject) DO UPDATE SET
    wrong = CASE WHEN kept.since <= %(old)s THEN 1 ELSE kept.wrong + 1 END,
    since = CASE WHEN kept.since <= %(old)s THEN excluded.since ELSE kept.since END
"""


def forget_guesses(*, before: datetime) -> int:
    """Delete counts that began before a moment; returns how many."""
    return WrongGuesses.objects.filter(since__lt=before).delete()[0]


def _end_sessions(account_id: int, but: str = "") -> int:
    return Session.objects.filter(account_id=account_id).exclude(key_hash=but).delete()[0]


def _lock(account_id: int) -> Account:
    account = Account.objects.select_for_update(of=("self",)).filter(pk=account_id).first()
    if account is None:
        raise NotFound("account.not_found", account_id=account_id)
    return account


def _refuse_strangers(account_id: int, by: Principal) -> None:
    """Only the person, an administrator, or the system itself (a principal without account)."""
    if by.account_id not in (None, account_id) and not by.has(Role.ADMINISTRATOR):
        raise Refused("account.not_yours")


def _password_faults(password: str | None) -> tuple[Fault, ...]:
    if password is None:
        return ()
    try:
        password_validation.validate_password(password)
    except ValidationError as error:
        return tuple(Fault("password", str(part.code), dict(part.params or {})) for part in error.error_list)
    return ()
