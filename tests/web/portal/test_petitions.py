"""Petitions on the portal: sent by anybody, followed by their petitioner alone."""

import re
from typing import Any

import pytest
from django.test import Client

from onestop.feedback.models import Petition
from onestop.web.portal.views.petitions import FOLLOWING, SENDING
from tests.web.portal.conftest import log_in
from tests.world import World

SENT = {"topic": "delay", "subject": "Chậm trả kết quả", "text": "Quá hạn ba ngày mà chưa ai báo cho tôi biết."}
PHONE = {**SENT, "phone": "0912 345 678"}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_anybody_sends_one_and_gets_a_code_and_a_day(world: World) -> None:
    answer = Client().post("/phan-anh/", PHONE)
    assert answer.status_code == 200
    row = Petition.objects.get()
    assert row.code in text(answer)
    assert (row.phone, row.account_id, row.unit.code) == ("0912345678", None, "H49")


def test_what_is_missing_is_said_and_what_was_typed_stays(world: World) -> None:
    answer = Client().post("/phan-anh/", {**SENT, "subject": "", "public": "1"})
    assert answer.status_code == 422
    for words in ("Hãy nêu nội dung trong một dòng.", "Hãy để lại số điện thoại", SENT["text"]):
        assert words in text(answer)
    assert re.search(r'id="id_public"[^>]*checked', text(answer))
    assert Client().post("/phan-anh/", {**PHONE, "topic": "nonsense"}).status_code == 422
    assert not Petition.objects.exists()


def test_one_address_sends_only_so_many(world: World) -> None:
    client = Client()
    answers = [client.post("/phan-anh/", PHONE).status_code for _ in range(SENDING.most + 1)]
    assert answers == [200] * SENDING.most + [429]
    assert Petition.objects.count() == SENDING.most


def test_its_petitioner_follows_it_by_code_and_number_and_nobody_guesses_for_long(world: World) -> None:
    client = Client()
    client.post("/phan-anh/", PHONE)
    code = Petition.objects.get().code
    found = client.post("/phan-anh/tra-cuu/", {"code": code, "contact": "0912345678"})
    assert SENT["text"] in text(found)
    wrong = {"code": code, "contact": "0912345679"}
    answers = [client.post("/phan-anh/tra-cuu/", wrong) for _ in range(FOLLOWING.most + 1)]
    assert [answer.status_code for answer in answers] == [404] * FOLLOWING.most + [429]
    assert not [answer for answer in answers if SENT["text"] in text(answer)]


def test_who_is_logged_in_sees_the_own_ones_and_no_others(world: World) -> None:
    lan, binh = log_in("lan"), log_in("binh")
    sent = lan.post("/phan-anh/", {**SENT, "unit": world.stage.unit_code("Phường Hồng Gai")})
    code = Petition.objects.get().code
    assert sent["Location"] == f"/phan-anh/{code}/"
    assert SENT["text"] in text(lan.get(f"/phan-anh/{code}/"))
    assert code in text(lan.get("/phan-anh/"))
    assert code not in text(binh.get("/phan-anh/"))
    assert binh.get(f"/phan-anh/{code}/").status_code == 404
    assert Client().get(f"/phan-anh/{code}/").status_code == 302


def test_about_a_dossier_it_is_the_own_one(played: dict[str, str]) -> None:
    code = played["birth_the_same_day"]
    lan, binh = log_in("lan"), log_in("binh")
    assert f"?ho-so={code}" in text(lan.get(f"/ho-so/{code}/"))
    assert code in text(lan.get(f"/phan-anh/?ho-so={code}"))
    assert binh.post("/phan-anh/", {**SENT, "dossier": code}).status_code == 404
    lan.post("/phan-anh/", {**SENT, "dossier": code})
    row = Petition.objects.order_by("-pk")[0]
    assert row.dossier is not None
    assert row.dossier.code == code


@pytest.mark.parametrize("place", ["/phan-anh/", "/phan-anh/tra-cuu/", "/phan-anh/da-tra-loi/"])
@pytest.mark.parametrize("language", ["vi", "en", "ur"])
def test_the_pages_are_there_in_every_language(world: World, place: str, language: str) -> None:
    client = Client()
    client.cookies["lang"] = language
    answer = client.get(place)
    assert answer.status_code == 200
    assert f'lang="{language}"' in text(answer)
