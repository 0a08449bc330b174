"""Sessions: cheap to load, impossible to fix or revive, ended everywhere at once."""

from datetime import timedelta

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.db.models import F
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from onestop.accounts.models import Account, Session
from onestop.accounts.operations import change_password, close_account, end_sessions
from onestop.accounts.queries import count_sessions
from onestop.accounts.rules import SYSTEM
from onestop.accounts.sessions import (
    LONGEST,
    SessionStore,
    act_in,
    acting_posting,
    find_account,
    hash_key,
    user_of,
)
from onestop.accounts.tasks import clear_what_is_over


def logged_in(account: Account) -> SessionStore:
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(account.pk), "x"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.save()
    return store


def test_session_and_account_take_one_statement_and_no_write(
    lan: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    key = logged_in(lan).session_key
    with django_assert_num_queries(1):
        store = SessionStore(key)
        assert user_of(store) == lan
        assert user_of(store).full_name == "Nguyễn Thị Lan"  # type: ignore[union-attr]
    assert not store.modified
    with django_assert_num_queries(0):
        assert user_of(SessionStore()) == AnonymousUser()


def test_the_table_does_not_hold_the_key(lan: Account) -> None:
    key = logged_in(lan).session_key
    assert key
    row = Session.objects.get()
    assert row.key_hash == hash_key(key)
    assert key not in f"{row.key_hash} {row.data}"
    assert row.account == lan


def test_a_key_made_up_by_somebody_else_is_never_taken_over(lan: Account) -> None:
    made_up = "a" * 32
    store = SessionStore(made_up)
    store["x"] = 1
    store.save()
    assert store.session_key != made_up
    before = store.session_key
    store.cycle_key()
    assert store.session_key != before
    assert not store.exists(before)
    assert SessionStore(store.session_key)["x"] == 1


def test_an_ended_session_does_not_come_back(lan: Account) -> None:
    store = logged_in(lan)
    same = SessionStore(store.session_key)
    same["basket"] = 1  # loaded in another request
    store.flush()
    with pytest.raises(UpdateError):
        same.save()
    assert not Session.objects.exists()
    assert find_account(SessionStore(same.session_key)) is None


def test_sessions_end_everywhere_but_here(lan: Account) -> None:
    here, there = logged_in(lan), logged_in(lan)
    assert here.session_key
    assert count_sessions(lan.pk, timezone.now()) == 2
    assert end_sessions(account_id=lan.pk, by=SYSTEM, at=timezone.now(), but=hash_key(here.session_key)) == 1
    assert find_account(SessionStore(here.session_key)) == lan
    assert find_account(SessionStore(there.session_key)) is None


def test_a_new_password_or_a_closed_account_ends_all(lan: Account) -> None:
    store = logged_in(lan)
    change_password(account_id=lan.pk, password="mua-ha-2026", by=SYSTEM, at=timezone.now())
    assert find_account(SessionStore(store.session_key)) is None
    lan.refresh_from_db()
    store = logged_in(lan)
    close_account(account_id=lan.pk, by=SYSTEM, at=timezone.now())
    assert not Session.objects.exists()


def test_a_session_older_than_the_password_is_ended(lan: Account) -> None:
    store = logged_in(lan)
    lan.set_password("mua-thu-2026")
    lan.save()
    assert find_account(SessionStore(store.session_key)) is None
    assert not Session.objects.exists()


def test_a_closed_account_has_no_session_even_if_one_is_left(lan: Account) -> None:
    store = logged_in(lan)
    Account.objects.update(is_active=False)
    assert find_account(SessionStore(store.session_key)) is None


def test_an_expired_session_is_nobody_and_is_cleared(lan: Account) -> None:
    store = logged_in(lan)
    Session.objects.update(expires_at=F("started_at") - timedelta(seconds=1))
    assert find_account(SessionStore(store.session_key)) is None
    logged_in(lan)
    clear_what_is_over(1_772_000_000)
    assert Session.objects.count() == 1


def test_a_session_is_prolonged_at_half_time_and_never_beyond_the_longest(lan: Account) -> None:
    store = logged_in(lan)
    Session.objects.update(expires_at=F("expires_at") - timedelta(hours=5), started_at=F("started_at") - LONGEST / 2)
    again = SessionStore(store.session_key)
    assert find_account(again) == lan
    assert again.modified
    again.save()
    assert not SessionStore(store.session_key).modified
    row = Session.objects.get()
    assert row.expires_at > timezone.now() + timedelta(hours=7)
    Session.objects.update(started_at=F("expires_at") - LONGEST)
    last = SessionStore(store.session_key)
    last["x"] = 1
    last.save()
    row.refresh_from_db()
    assert row.expires_at == row.started_at + LONGEST
    assert find_account(SessionStore(store.session_key)) == lan


def test_the_acting_posting_is_remembered(lan: Account, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    store = logged_in(lan)
    act_in(store, 7)
    store.save()
    again = SessionStore(store.session_key)
    assert acting_posting(again) == 7
    act_in(again, None)
    assert acting_posting(again) is None
