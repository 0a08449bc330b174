"""Whatever goes wrong is a calm page, in the reader's language, with the right status; never a trace."""

import logging
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from onestop.errors import Fault, Invalid, NotFound, Refused, Stale, Unavailable
from onestop.web.base.permissions import public

ERRORS: dict[str, Callable[[], Exception]] = {
    "not-found": lambda: NotFound("dossier.unknown", code="H49-1"),
    "refused": lambda: Refused(
        "supplement.not_allowed", reasons=("supplement.nothing_asked", "supplement.without_ground")
    ),
    "stale": lambda: Stale("dossier.changed_since", code="H49-1", state=4),
    "invalid": lambda: Invalid("filing.incomplete", faults=(Fault("name", "field.required"),)),
    "unavailable": lambda: Unavailable("store.down", reason="disk"),
    "denied": PermissionDenied,
    "bug": lambda: ZeroDivisionError("a secret in the trace"),
}


@public
def fail(request: HttpRequest, kind: str) -> HttpResponse:
    error = ERRORS[kind]()
    raise error


@public
def take(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


urlpatterns = [
    path("", include("onestop.web.base.urls")),
    path("loi/<str:kind>/", fail),
    path("nhan/", take),
]
handler403 = "onestop.web.base.errors.permission_denied"
handler404 = "onestop.web.base.errors.page_not_found"
handler500 = "onestop.web.base.errors.server_error"

pytestmark = pytest.mark.urls(__name__)
FROM = {"HTTP_REFERER": "http://testserver/viec/"}


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("not-found", 404, "Không có hồ sơ nào mang mã này"),
        ("refused", 409, "Mời nêu ít nhất một thứ cần bổ sung."),
        ("stale", 409, "Hồ sơ hiện: Đang giải quyết."),
        ("invalid", 422, "Mời điền mục này."),
        ("unavailable", 503, "Không mất gì cả"),
        ("denied", 403, "Trang này dành cho vai trò khác"),
    ],
)
def test_errors_of_ours_are_pages(client: Client, kind: str, status: int, words: str) -> None:
    answer = client.get(f"/loi/{kind}/", **FROM)
    assert answer.status_code == status
    page = answer.content.decode()
    assert words in page
    assert '<html lang="vi" dir="ltr"' in page
    if status == 503:
        assert int(answer.headers["Retry-After"]) > 0


def test_every_reason_is_told_and_the_way_back_stays_ours(client: Client) -> None:
    page = client.get("/loi/refused/", **FROM).content.decode()
    assert "Mời nêu căn cứ pháp lý của từng thứ được yêu cầu." in page
    assert 'href="http://testserver/viec/"' in page
    assert "evil" not in client.get("/loi/refused/", HTTP_REFERER="http://evil.example/").content.decode()


def test_the_unexpected_gets_a_number_that_the_log_knows(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR):
        answer = client.get("/loi/bug/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "secret" not in page
    assert "Traceback" not in page
    number = next(record.args[0] for record in caplog.records if record.name == "onestop.web.base.errors")  # type: ignore[index]
    assert str(number) in page


def test_unknown_addresses_and_urdu(client: Client) -> None:
    client.cookies["lang"] = "ur"
    answer = client.get("/khong-co/")
    assert answer.status_code == 404
    assert 'dir="rtl"' in answer.content.decode()


def test_a_form_without_its_token_explains_itself() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/nhan/", {"a": "b"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()
