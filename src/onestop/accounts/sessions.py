"""The session engine: one statement loads a session together with its account.

The key lives only in the browser's cookie; the table holds its SHA-256. A session is written when something in it
changes, or once half of its time is over, never on every request. Its life is not prolonged beyond `LONGEST` from
its start. Moments are the database's own.

`user_of(session)` gives what `request.user` should be, `acting_posting(session)` the posting an officer acts in.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Least, Now
from django.utils.crypto import constant_time_compare

from onestop.accounts.models import Account, Session

LONGEST = timedelta(hours=24)
_POSTING = "posting_id"


def hash_key(session_key: str) -> str:
    """Return what the table holds of a session key."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def _life() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def _account_id(data: dict[str, Any]) -> int | None:
    return int(data[SESSION_KEY]) if SESSION_KEY in data else None


_ACCOUNT_FIELDS = [field.attname for field in Account._meta.concrete_fields]
_LOAD = f"""
SELECT session.data,
    session.expires_at < least(statement_timestamp() + %(life)s::interval / 2,
        session.started_at + %(longest)s::interval),
    {", ".join(f'account."{field.column}"' for field in Account._meta.concrete_fields)}
FROM accounts_session session LEFT JOIN accounts_account account ON account.id = session.account_id
WHERE session.key_hash = %(key)s AND session.expires_at > statement_timestamp()
"""  # noqa: S608  # only column names are put in; all values are parameters


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one statement says of a session: its data, whether it is time to prolong it, and whose it is."""

    data: dict[str, Any]
    is_half_over: bool
    account: Account | None


def _find_loaded(session_key: str) -> Loaded | None:
    """Read a valid session. Written out by hand: it runs on every request, and the mapper takes five times as long."""
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, {"key": hash_key(session_key), "life": str(_life()), "longest": str(LONGEST)})
        row = cursor.fetchone()
    if row is None:
        return None
    data, is_half_over, *values = row
    account = Account.from_db(connection.alias, _ACCOUNT_FIELDS, values) if values[0] is not None else None
    return Loaded(json.loads(data), is_half_over, account)


class SessionStore(SessionBase):
    """A session in the table `accounts.Session`. Once loaded, `account` needs no further statement."""

    account: Account | None = None

    @classmethod
    def clear_expired(cls) -> None:
        """Delete all sessions whose time is over."""
        Session.objects.filter(expires_at__lte=Now()).delete()

    def load(self) -> dict[str, Any]:
        """Read session and account in one statement; an unknown or expired key gives an empty session and no key."""
        row = _find_loaded(self.session_key) if self.session_key else None
        if row is None:
            self._session_key = None
            return {}
        self.account = row.account
        if row.is_half_over:
            self.modified = True
        return row.data

    def exists(self, session_key: str | None = None) -> bool:
        """True if a session of that key is in the table."""
        return session_key is not None and Session.objects.filter(key_hash=hash_key(session_key)).exists()

    def create(self) -> None:
        """Begin a session under a new random key."""
        self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # not in the stubs
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Write the session. Raises `UpdateError` if it was ended meanwhile: what was logged out stays so."""
        if self.session_key is None:
            return self.create()
        data: dict[str, Any] = dict(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        write = _insert if must_create else _update
        return write(hash_key(self.session_key), data)

    def delete(self, session_key: str | None = None) -> None:
        """End the session of that key, or this one."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(key_hash=hash_key(key)).delete()


def _insert(key_hash: str, data: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            Session.objects.create(
                key_hash=key_hash, data=data, account_id=_account_id(data), expires_at=Now() + _life()
            )
    except IntegrityError as error:
        raise CreateError from error


def _update(key_hash: str, data: dict[str, Any]) -> None:
    expires = Least(Now() + _life(), F("started_at") + LONGEST)
    rows = Session.objects.filter(key_hash=key_hash)
    if not rows.update(data=data, account_id=_account_id(data), expires_at=expires):
        raise UpdateError


def find_account(session: SessionBase) -> Account | None:
    """Return who is logged in, in one statement, or None. A session older than the password is ended here."""
    if SESSION_KEY not in session:
        return None
    account: Account | None = getattr(session, "account", None)
    if account is None or account.pk != int(session[SESSION_KEY]) or not account.is_active:
        return None
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()):
        session.flush()
        return None
    return account


def user_of(session: SessionBase) -> Account | AnonymousUser:
    """Return what `request.user` should be."""
    return find_account(session) or AnonymousUser()


def acting_posting(session: SessionBase) -> int | None:
    """Return the id of the posting in which the officer chose to act, or None."""
    chosen: int | None = session.get(_POSTING)
    return chosen


def act_in(session: SessionBase, posting_id: int | None) -> None:
    """Remember in which posting the officer acts; None forgets it. Whether it is valid is asked on every request."""
    if posting_id is None:
        session.pop(_POSTING, None)
    else:
        session[_POSTING] = posting_id
