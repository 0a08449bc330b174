"""The inbox: my messages only, read by opening, leading to the thing under my own rights; the bell on every page."""

import re

import pytest
from django.test import Client

from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import moment
from onestop.demo.stories import MARITAL, marital_status_with_a_supplement
from onestop.notices.models import Message
from onestop.notices.operations import make_messages
from onestop.notices.operations.choosing import confirm_address
from onestop.notices.queries.messages import find_choice
from tests.notices.test_letters import Place, place  # noqa: F401  a fixture
from tests.notices.test_messages import account
from tests.web.officers import Hall, hall, statements  # noqa: F401  a fixture

AT = moment("2026-04-20 08:00")


@pytest.fixture
def told(hall: Hall) -> Hall:  # noqa: F811
    """Bình has four messages, Lan one."""
    marital_status_with_a_supplement(hall.world.stage)
    play = hall.world.stage.file(MARITAL, "lan", HONG_GAI, "2026-04-06 10:00", answers=answers.marital("lan"))
    play.accept("2026-04-06 10:30")
    make_messages(at=AT)
    hall.at("2026-04-20 08:00")
    return hall


def page(client: Client, address: str = "/thong-bao/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def ids(client: Client) -> list[int]:
    return [int(number) for number in re.findall(r"/thong-bao/(\d+)/mo/", page(client))]


def bell(html: str) -> str:
    found = re.search(r'bell-count"[^>]*>([^<]+)<', html)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("language", "headline"),
    [("en", "was accepted"), ("vi", "đã được tiếp nhận"), ("ur", "قبول کر لی گئی")],
)
def test_each_reads_their_own_in_their_language(told: Hall, language: str, headline: str) -> None:
    html = page(told.log_in("binh", language))
    assert headline in html
    assert bell(html) == "4"
    assert len(ids(told.log_in("lan", language))) == 1


def test_opening_marks_as_read_and_leads_to_the_dossier(told: Hall) -> None:
    binh = told.log_in("binh")
    newest = ids(binh)[0]
    response = binh.post(f"/thong-bao/{newest}/mo/")
    code = Message.objects.get(pk=newest).params["code"]
    assert response.headers["Location"] == f"/ho-so/{code}/"
    assert binh.get(response.headers["Location"]).status_code == 200
    assert bell(page(binh, "/")) == "3"


def test_binh_never_sees_what_lan_was_told(told: Hall) -> None:
    (hers,) = ids(told.log_in("lan"))
    code = Message.objects.get(pk=hers).params["code"]
    binh = told.log_in("binh")
    assert code not in page(binh)
    assert binh.get(f"/thong-bao/{hers}/").status_code == 404
    assert binh.post(f"/thong-bao/{hers}/mo/").status_code == 404
    binh.post("/thong-bao/da-doc/", {"newest": str(hers)})
    assert bell(page(told.log_in("lan"))) == "1"


def test_what_came_since_the_page_was_made_stays_unread(told: Hall) -> None:
    binh = told.log_in("binh")
    newest, second, *_ = ids(binh)
    assert newest > second
    binh.post("/thong-bao/da-doc/", {"newest": str(second)})
    assert bell(page(binh)) == "1"


def test_strangers_log_in_first_and_see_no_bell(told: Hall) -> None:
    assert "/tai-khoan/dang-nhap/" in Client().get("/thong-bao/").headers["Location"]
    assert 'class="bell"' not in page(Client(), "/")


def test_nothing_is_changed_by_looking(told: Hall) -> None:
    binh = told.log_in("binh")
    newest = ids(binh)[0]
    page(binh, f"/thong-bao/{newest}/")
    assert binh.get(f"/thong-bao/{newest}/mo/").status_code == 405
    assert bell(page(binh)) == "4"


def test_rows_cost_no_statements(told: Hall) -> None:
    lan, binh = told.log_in("lan"), told.log_in("binh")
    assert statements(lan, "/thong-bao/") == statements(binh, "/thong-bao/") <= 6


def test_an_officer_keeps_the_own_head(told: Hall) -> None:
    assert "/mot-cua/" in page(told.log_in("minh"))


# -- what comes by e-mail ----------------------------------------------------------------------------
def choose(client: Client, **given: object) -> str:
    return client.post("/thong-bao/nhan-thu/", given, follow=True).content.decode()


def test_an_address_is_confirmed_by_its_owner_alone(told: Hall, place: Place) -> None:  # noqa: F811
    binh, lan = told.log_in("binh"), told.log_in("lan")
    with place.open():
        html = choose(binh, address="binh@example.vn", topics=["dossiers"])
    assert "not confirmed yet" in html
    (letter,) = place.office.came
    link = re.search(r"http://\S+", letter.get_content())[0]  # type: ignore[attr-defined, index]
    address = link.partition("127.0.0.1:8000")[2]
    assert lan.get(address).status_code == 409
    assert binh.get(address + "x").status_code == 409
    assert "This is my address" in page(binh, address), "a machine that follows links confirms nothing"
    assert "not confirmed yet" in page(binh, "/thong-bao/nhan-thu/")
    binh.post("/thong-bao/nhan-thu/xac-nhan/", {"token": address.partition("token=")[2]})
    assert "The address is confirmed" in page(binh, "/thong-bao/nhan-thu/")


def test_another_address_has_to_be_confirmed_anew(told: Hall, place: Place) -> None:  # noqa: F811
    binh = told.log_in("binh")
    with place.open():
        choose(binh, address="binh@example.vn", topics=["dossiers"])
        confirm_address(account_id=account("binh"), address="binh@example.vn", at=AT)
        assert "not confirmed yet" not in choose(binh, address="binh@example.vn", topics=[])
        assert "not confirmed yet" in choose(binh, address="other@example.vn", topics=["dossiers"])
    assert [mail["To"] for mail in place.office.came] == ["binh@example.vn", "other@example.vn"]


def test_faults_are_told_at_the_field(told: Hall) -> None:
    binh = told.log_in("binh")
    assert "Give the address" in choose(binh, address="", topics=["dossiers"])
    assert "ds-validation-message" in choose(binh, address="no address", topics=["dossiers"])
    assert "ds-validation-message" in choose(binh, address="binh@example.vn", topics=["work"]), "no topic of citizens"
    assert find_choice(account("binh")) is None


def test_a_dead_mail_server_keeps_the_choice(told: Hall, place: Place) -> None:  # noqa: F811
    binh = told.log_in("binh")
    response = binh.post("/thong-bao/nhan-thu/", {"address": "binh@example.vn", "topics": ["dossiers"]})
    assert response.status_code == 503
    assert "binh@example.vn" in page(binh, "/thong-bao/nhan-thu/")
