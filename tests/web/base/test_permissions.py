"""Who may open a page; language; what identity costs."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from onestop.accounts.operations import open_account
from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.dossiers.rules.states import Verb
from onestop.web.base.navigation import Face, Item
from onestop.web.base.permissions import Access, public, requires

PASSWORD = "mua-xuan-2026"


@requires(Verb.ACCEPT)
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("desk")


@public
def anybody(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.principal))  # type: ignore[attr-defined]


urlpatterns = [path("", include("onestop.web.base.urls")), path("quay/", desk), path("cong/", anybody)]
handler403 = "onestop.web.base.errors.permission_denied"
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def officer(*roles: Role) -> Principal:
    return Principal(account_id=1, name="Minh", roles=frozenset(roles), key="officer:1")


def log_in() -> Client:
    at = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    open_account(username="lan", full_name="Nguyễn Thị Lan", password=PASSWORD, by=SYSTEM, at=at)
    client = Client()
    client.post("/tai-khoan/dang-nhap/", {"login": "lan", "password": PASSWORD})
    return client


def test_the_table_decides_who_may_open_a_page() -> None:
    assert Access(needs=(Verb.ACCEPT,)).admits(officer(Role.ONE_STOP_OFFICER))
    assert not Access(needs=(Verb.ACCEPT,)).admits(officer(Role.LEADER))
    assert Access(needs=(Verb.ACCEPT, Role.LEADER)).admits(officer(Role.LEADER))
    assert not Access(needs=(Role.LEADER,)).admits(None)
    assert Access(everybody=True).admits(None)


def test_a_face_shows_only_what_is_of_use() -> None:
    face = Face("desk", "Desk", home="x", needs=(Verb.ACCEPT,), items=(Item("a", "A"), Item("b", "B", (Verb.SEAL,))))
    assert face.is_for(officer(Role.ONE_STOP_OFFICER))
    assert not face.is_for(None)
    assert [item.route for item in face.items if item.is_for(officer(Role.ONE_STOP_OFFICER))] == ["a"]


def test_a_stranger_is_sent_to_log_in_and_comes_back() -> None:
    answer = Client().get("/quay/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/tai-khoan/dang-nhap/?next=/quay/"


def test_what_a_stranger_sends_is_not_swallowed_by_a_redirect() -> None:
    answer = Client().post("/quay/", {"long": "text"})
    assert answer.status_code == 401
    assert "đăng nhập ở cửa sổ mới" in answer.content.decode()


def test_another_role_is_told_so() -> None:
    assert log_in().get("/quay/").status_code == 403


def test_a_stranger_costs_no_statement_and_a_person_a_few() -> None:
    with CaptureQueriesContext(connection) as none:
        assert Client().get("/cong/").content == b"None"
    assert len(none) == 0
    client = log_in()
    with CaptureQueriesContext(connection) as few:
        client.get("/cong/")
    assert len(few) <= 3  # session with account, post, applicant: an officer needs only the first two


def test_the_account_page_works_for_whoever_is_logged_in() -> None:
    page = log_in().get("/tai-khoan/").content.decode()
    assert "Nguyễn Thị Lan" in page
    assert "chưa gắn với vị trí công tác" in page


def test_nobody_acts_in_a_post_of_somebody_else() -> None:
    client = log_in()
    client.post("/tai-khoan/vi-tri/", {"posting": "77"})
    assert "posting_id" not in client.session


def test_language_is_a_link_that_stays_on_our_pages() -> None:
    client = Client()
    answer = client.get("/ngon-ngu/ur/?next=/cong/")
    assert answer.headers["Location"] == "/cong/"
    assert client.cookies["lang"].value == "ur"
    assert client.get("/ngon-ngu/en/?next=https://evil.example/").headers["Location"] == "/"
    assert client.get("/ngon-ngu/xx/").status_code == 404


def test_the_living_page_is_not_for_the_public(settings: object) -> None:
    assert Client().get("/kieu-mau/").status_code == 404
    settings.DEBUG = True  # type: ignore[attr-defined]
    for language in ("vi", "en", "ur"):
        client = Client()
        client.cookies["lang"] = language
        assert client.get("/kieu-mau/").status_code == 200
        assert client.get("/kieu-mau/?day-dac=1").status_code == 200


def test_a_stranger_is_spoken_to_in_vietnamese_whatever_the_browser_prefers() -> None:
    """A computer sold with English does not make its owner read English."""
    client = Client(headers={"accept-language": "en-US,en;q=0.9"})
    page = client.get("/tai-khoan/dang-nhap/")
    assert page.headers["Content-Language"] == "vi"
    assert b'<html lang="vi"' in page.content
    client.cookies["lang"] = "xx"
    assert b'<html lang="vi"' in client.get("/tai-khoan/dang-nhap/").content
