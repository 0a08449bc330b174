"""Somebody comes to the counter, writes by post, or is helped to file online."""

import re
from typing import Any

import pytest
from django.test import Client

from onestop.applicants.queries import find_by_personal_id
from onestop.demo import answers
from onestop.demo.cast import APPLICANTS
from onestop.demo.stories import BIRTH, MARITAL
from onestop.dossiers.queries.dossiers import get_unscoped, list_parts
from onestop.dossiers.rules.filing import Channel, Filer, Given, ReturnWay
from onestop.dossiers.rules.states import State
from tests.web.acts import paper
from tests.web.officers import Hall

ADDRESS = f"/mot-cua/tiep-nhan/{MARITAL}/"
BINH = next(person for person in APPLICANTS if person.username == "binh")


def form(**more: Any) -> dict[str, Any]:
    """What Minh types for Bình at the counter."""
    return {
        **answers.marital("binh"),
        "kind": "citizen",
        "number": BINH.personal_id,
        "channel": "1",
        "way": "0",
        **more,
    }


def filed(response: Any) -> Any:
    """The dossier that the page led to."""
    assert response.status_code == 302, re.findall(r"<li>.*?</li>", response.content.decode())[:20]
    return get_unscoped(response.url.rstrip("/").rsplit("/", 1)[1])


@pytest.fixture
def minh(hall: Hall) -> Client:
    """Minh at the desk of Hồng Gai."""
    return hall.log_in("minh")


def test_the_procedure_is_found_by_its_words_and_its_code(hall: Hall, minh: Client) -> None:
    for words in ("tình trạng hôn nhân", MARITAL):
        assert ADDRESS in minh.get("/mot-cua/tiep-nhan/", {"q": words}).content.decode()
    assert "No procedure found" in minh.get("/mot-cua/tiep-nhan/", {"q": "zzzz"}).content.decode()
    assert minh.get("/mot-cua/tiep-nhan/0.000000/").status_code == 404


def test_on_paper_at_the_counter(hall: Hall, minh: Client) -> None:
    dossier = filed(minh.post(ADDRESS, form(paper=["MARITAL_STATUS_OLD"])))
    assert (dossier.channel, dossier.filer) == (Channel.COUNTER, Filer.BY_OFFICER)
    assert (dossier.applicant_name, dossier.state, dossier.return_way) == (
        BINH.name,
        State.SUBMITTED,
        ReturnWay.COUNTER,
    )
    assert [(part.document, part.given) for part in list_parts(dossier)] == [("MARITAL_STATUS_OLD", Given.PAPER)]
    assert minh.get(f"/mot-cua/ho-so/{dossier.code}/").status_code == 200


def test_pressed_twice_it_is_received_once(hall: Hall, minh: Client) -> None:
    shown = minh.get(ADDRESS).content.decode()
    sending = re.search(r'name="sending" value="([\w-]{16})"', shown)
    assert sending
    assert sending[1] not in minh.get(ADDRESS).content.decode()
    sent = form(paper=["MARITAL_STATUS_OLD"], sending=sending[1])
    assert filed(minh.post(ADDRESS, sent)).pk == filed(minh.post(ADDRESS, sent)).pk


def test_by_post_with_a_scan(hall: Hall, minh: Client) -> None:
    sent = form(channel="3", way="1") | {"file-MARITAL_STATUS_OLD": paper(), "paper": ["MARITAL_STATUS_OLD"]}
    dossier = filed(minh.post(ADDRESS, sent))
    assert (dossier.channel, dossier.filer) == (Channel.POST, Filer.BY_OFFICER)
    assert [part.given for part in list_parts(dossier)] == [Given.SCAN]


def test_helped_to_file_online_is_said_to_be_helped(hall: Hall, minh: Client) -> None:
    dossier = filed(minh.post(ADDRESS, form(channel="2", way="2")))
    assert (dossier.channel, dossier.filer) == (Channel.ONLINE, Filer.ASSISTED)


def test_what_is_typed_stays_when_something_is_wrong(hall: Hall, minh: Client) -> None:
    sent = form(channel="2", applicant_name="", purpose="Đi học ở nước ngoài")
    page = minh.post(ADDRESS, sent)
    assert page.status_code == 422
    assert "Đi học ở nước ngoài" in page.content.decode()
    assert f'value="{BINH.personal_id}"' in page.content.decode()
    assert "#id_applicant_name" in page.content.decode()


def test_a_stranger_is_registered(hall: Hall, minh: Client) -> None:
    number = "022095001111"
    sent = form(number=number, applicant="Lê Văn Mới", birth="1995-05-05", phone="0911222333")
    dossier = filed(minh.post(ADDRESS, sent))
    found = find_by_personal_id(number)
    assert found is not None
    assert (found.name, dossier.applicant_id) == ("Lê Văn Mới", found.pk)


def test_a_stranger_without_name_or_number_is_asked_for_them(hall: Hall, minh: Client) -> None:
    for sent in (form(number="022095001111"), form(number="12"), form(number="")):
        page = minh.post(ADDRESS, sent)
        assert page.status_code == 422
        assert "#id_number" in page.content.decode() or "#id_applicant" in page.content.decode()


def test_a_name_that_does_not_fit_a_known_number_is_not_taken(hall: Hall, minh: Client) -> None:
    page = minh.post(ADDRESS, form(applicant="Somebody Else"))
    assert page.status_code == 422
    known = find_by_personal_id(BINH.personal_id)
    assert known is not None
    assert known.name == BINH.name


def test_a_file_that_cannot_be_taken_is_named(hall: Hall, minh: Client) -> None:
    bad = paper()
    bad.name = "scan.exe"
    page = minh.post(ADDRESS, form() | {"file-MARITAL_STATUS_OLD": bad})
    assert page.status_code == 422
    assert "id_MARITAL_STATUS_OLD" in page.content.decode()


def test_every_procedure_with_a_form_can_be_received(hall: Hall, minh: Client) -> None:
    for code in (BIRTH, "1.013225", "1.001612", "1.001699"):
        assert minh.get(f"/mot-cua/tiep-nhan/{code}/").status_code == 200
