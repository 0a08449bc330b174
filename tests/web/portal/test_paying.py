"""Oanh pays online: from her dossier to the platform and back; the platform knocks at our door."""

import json
import time

import pytest
from django.test import Client

from onestop.accounts.queries import find_account
from onestop.fees.models import Order
from onestop.fees.queries import get_ledger
from onestop.outside.payment_signing import Secret
from tests.fees.conftest import AT, Desk, desk, online, plugged, row  # noqa: F401  fixtures
from tests.stand_ins import Payments

NOTICE = "/api/thanh-toan/thong-bao/"


def log_in(username: str) -> Client:
    client = Client()
    client.cookies["lang"] = "en"
    client.force_login(find_account(username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_to_the_platform_and_back(desk: Desk, online: Payments) -> None:  # noqa: F811
    play, oanh = desk.charged(), log_in("oanh")
    told = oanh.get(f"/ho-so/{play.code}/").content.decode()
    assert "You are asked to pay the fee" in told
    assert "Pay 8,000 đ online" in told
    sent = oanh.post(f"/ho-so/{play.code}/nop-phi/", follow=True)
    order = Order.objects.get()
    assert order.address in sent.content.decode()
    assert online.choose(order.address) == f"http://testserver/ho-so/{play.code}/thanh-toan/"
    asked = oanh.post(f"/ho-so/{play.code}/thanh-toan/", follow=True).content.decode()
    assert "The fee is paid" in asked
    assert "Online" in asked
    assert "asked to pay" not in oanh.get(f"/ho-so/{play.code}/").content.decode()


def test_who_asks_too_early_or_declined_is_told_so(desk: Desk, online: Payments) -> None:  # noqa: F811
    play, oanh = desk.charged(), log_in("oanh")
    oanh.post(f"/ho-so/{play.code}/nop-phi/")
    early = oanh.post(f"/ho-so/{play.code}/thanh-toan/", follow=True).content.decode()
    assert "has not received anything yet" in early
    online.choose(Order.objects.get().address, "no")
    assert "You did not pay" in oanh.post(f"/ho-so/{play.code}/thanh-toan/", follow=True).content.decode()


def test_without_a_platform_the_page_names_the_desk(desk: Desk) -> None:  # noqa: F811
    play, oanh = desk.charged(), log_in("oanh")
    told = oanh.get(f"/ho-so/{play.code}/").content.decode()
    assert "pay at the one-stop desk" in told
    assert "online</" not in told
    refused = oanh.post(f"/ho-so/{play.code}/nop-phi/")
    assert "cannot be paid online" in refused.content.decode()


@pytest.mark.parametrize("path", ["nop-phi", "thanh-toan"])
def test_nobody_pays_or_sees_the_payment_of_another(desk: Desk, online: Payments, path: str) -> None:  # noqa: F811
    play = desk.charged()
    assert log_in("binh").post(f"/ho-so/{play.code}/{path}/").status_code == 404
    assert log_in("minh").post(f"/ho-so/{play.code}/{path}/").status_code == 403, "an officer takes money at the desk"
    assert not Order.objects.exists()


def test_the_door_at_which_the_platform_knocks(desk: Desk, online: Payments) -> None:  # noqa: F811
    play, oanh = desk.charged(), log_in("oanh")
    oanh.post(f"/ho-so/{play.code}/nop-phi/")
    order = Order.objects.get()
    online.choose(order.address)

    def knock(reference: str = order.reference, secret: bytes = online.secret) -> int:
        body = json.dumps({"reference": reference})
        headers = {"Signature": Secret(secret).sign(body.encode(), time.time())}
        return Client().post(NOTICE, body, "application/json", headers=headers).status_code

    assert knock(secret=b"another") == 401
    assert knock("another") == 404
    online.stand_in.behave(down=True)
    assert knock() == 503
    assert get_ledger(row(play)).owed == 8_000
    online.stand_in.behave()
    assert (knock(), knock()) == (200, 200)
    assert get_ledger(row(play)).paid == 8_000
    assert Client().get(NOTICE).status_code == 405
    assert Client().post(NOTICE, "x" * 30_000, "application/json").status_code == 413
