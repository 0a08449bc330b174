"""Logging in over HTTP: password, second factor, log-out, and what an attacker brings along."""

from http.cookies import SimpleCookie
from time import time
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.http import HttpRequest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from onestop.accounts.adapters.log_in import LogInAdapter
from onestop.accounts.models import Account, Session
from onestop.accounts.sessions import hash_key

pytestmark = pytest.mark.urls("onestop.web.base.urls")
PASSWORD = "mua-xuan-2026"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _telephone_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock of the codes stand: else a code made at the end of its half minute is over when it is sent."""
    now = time()
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: now))


def log_in(client: Client, password: str = PASSWORD) -> str:
    answer = client.post(reverse("account_login"), {"login": "LAN", "password": password})
    return str(answer.headers.get("Location", ""))


def cookie(client: Client) -> str:
    return client.cookies["sessionid"].value


def code_now() -> str:
    return str(format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time())))))


def is_logged_in(client: Client) -> bool:
    return Session.objects.filter(key_hash=hash_key(cookie(client)), account__isnull=False).exists()


def test_the_right_password_logs_in_and_a_wrong_one_does_not(lan: Account) -> None:
    client = Client()
    log_in(client, "mua-dong-2026")
    assert "sessionid" not in client.cookies or not is_logged_in(client)
    log_in(client)
    assert is_logged_in(client)
    morsel = client.cookies["sessionid"]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"
    assert not morsel["expires"]  # ends with the browser: counters and kiosks are shared


def test_the_cookie_is_secure_under_https(lan: Account, settings: object) -> None:
    settings.SESSION_COOKIE_SECURE = True  # type: ignore[attr-defined]
    client = Client()
    log_in(client)
    assert client.cookies["sessionid"]["secure"]


def test_a_session_planted_before_log_in_is_worthless_after(lan: Account) -> None:
    attacker = Client()
    session = attacker.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    assert planted
    victim = Client()
    victim.cookies = SimpleCookie({"sessionid": planted})
    log_in(victim)
    assert is_logged_in(victim)
    assert cookie(victim) != planted
    assert not Session.objects.filter(key_hash=hash_key(planted)).exists()


def test_logging_out_ends_the_session_even_for_a_copied_cookie(lan: Account) -> None:
    client = Client()
    log_in(client)
    copied = cookie(client)
    client.get(reverse("account_logout"))
    assert Session.objects.filter(key_hash=hash_key(copied)).exists()  # a link alone logs nobody out
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(key_hash=hash_key(copied)).exists()


def test_with_a_second_factor_the_password_alone_is_not_enough(lan: Account) -> None:
    TOTP.activate(lan, SECRET)
    assert SECRET not in str(Authenticator.objects.get().data)
    client = Client()
    assert log_in(client) == reverse("mfa_authenticate")
    assert not is_logged_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_logged_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_logged_in(client)


def test_a_code_works_once(lan: Account) -> None:
    TOTP.activate(lan, SECRET)
    code = code_now()
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_logged_in(first)
    assert not is_logged_in(second)


def test_a_recovery_code_stands_in_for_a_lost_telephone(lan: Account) -> None:
    TOTP.activate(lan, SECRET)
    codes = RecoveryCodes.activate(lan).get_unused_codes()
    client = Client()
    log_in(client)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_logged_in(client)


def test_guessing_is_slowed_down(lan: Account) -> None:
    for _ in range(12):
        log_in(Client(), "guess")
    client = Client()
    log_in(client)
    assert "sessionid" not in client.cookies or not is_logged_in(client)


def test_nobody_signs_up_by_oneself(lan: Account) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert LogInAdapter().is_open_for_signup(HttpRequest()) is False
