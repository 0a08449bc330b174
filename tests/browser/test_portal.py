"""The portal in a browser: Lan registers a birth without scripts; every page in every language and width."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from onestop.demo import answers
from onestop.demo.cast import PASSWORD
from onestop.demo.papers import scan
from onestop.demo.stories import BIRTH, MARITAL
from onestop.dossiers.queries.dossiers import get_unscoped, list_codes
from onestop.intake.queries import list_drafts
from tests.web.portal.conftest import file_birth, log_in, paper
from tests.web.portal.test_following import ask, filed
from tests.world import World

Look = Callable[..., None]


@pytest.fixture
def db(world: World) -> None:
    """The pages are served from the province instead of an empty database."""


@pytest.fixture
def plain_page(browser: Any, served: Any) -> Iterator[Any]:
    """A page of a small telephone in Vietnamese, in which no script runs."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, java_script_enabled=False, base_url=served.url, locale="vi-VN"
    )
    yield context.new_page()
    context.close()


def fill(page: Any, typed: dict[str, Any]) -> None:
    """Fill in what this page asks, as a person would: choose, tick, type."""
    for box in page.locator("main form [name]").all():
        name, kind = box.get_attribute("name"), box.evaluate("it => it.tagName + ' ' + it.type")
        if name not in typed or kind.endswith(("hidden", "submit")):
            continue
        value = str(typed[name])
        if kind.startswith("SELECT"):
            box.select_option(value)
        elif kind.endswith("radio"):
            page.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            box.fill(value)


def test_lan_registers_a_birth_without_scripts(plain_page: Any) -> None:
    page, typed = plain_page, answers.birth()
    page.goto("/")
    page.get_by_label("Bạn cứ gõ theo cách nói hằng ngày").fill("khai sinh")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Thủ tục đăng ký khai sinh", exact=True).click()
    page.get_by_role("link", name="Nộp hồ sơ trực tuyến").click()
    page.locator('[name="login"]').fill("lan")
    page.locator('[name="password"]').fill(PASSWORD)
    page.locator('[name="password"]').press("Enter")
    assert "Bạn nộp hồ sơ cho ai?" in page.inner_text("h1")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("link", name="Nơi nộp và cách nhận kết quả").click()
    for _ in range(12):
        if page.locator("h1").inner_text() in ("Giấy tờ kèm theo", "Kiểm tra lại thông tin"):
            break
        fill(page, typed)
        page.get_by_role("button", name="Tiếp tục").click()
    page.locator('[name="file-BIRTH_NOTICE"]').set_input_files(
        {"name": "chung-sinh.pdf", "mimeType": "application/pdf", "buffer": scan("Giấy chứng sinh", "Lan")}
    )
    page.get_by_role("button", name="Tiếp tục").click()
    assert page.locator("h1").inner_text() == "Kiểm tra lại thông tin"
    assert "Nguyễn Gia Bảo An" in page.inner_text("main")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    (code,) = list_codes()
    said = page.inner_text("main")
    assert code in said
    assert "Hồ sơ của bạn đã được gửi đến" in said
    assert "Bộ phận một cửa trả lời trước" in said
    page.get_by_role("link", name="Rút hồ sơ này").click()
    page.get_by_role("button", name="Rút hồ sơ").click()
    assert "Hồ sơ đã được rút." in page.inner_text("body")


def test_suggestions_come_while_one_types(open_page: Callable[..., Any]) -> None:
    page = open_page("/")
    page.locator("#search").press_sequentially("khai sinh")
    page.locator("#hits a").first.wait_for()
    assert f"/thu-tuc/{BIRTH}/" in page.locator("#hits").inner_html()
    assert page.complaints == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "portal-home"),
        ("/thu-tuc/?q=khai sinh", "portal-search"),
        ("/thu-tuc/", "portal-sectors"),
        (f"/thu-tuc/{BIRTH}/", "portal-procedure"),
        ("/tra-cuu/", "portal-track"),
    ],
)
def test_what_everybody_sees(look: Look, path: str, name: str) -> None:
    look(path, name, dark=name == "portal-home")


def test_what_is_seen_while_filing(look: Look, world: World) -> None:
    lan = log_in("lan")
    look(f"/thu-tuc/{MARITAL}/nop/", "portal-start", client=lan)
    file_birth(lan, world, child_name=None, **{"file-BIRTH_NOTICE": paper()})
    (draft,) = list_drafts(by=world.applicant("lan", "2026-03-10 09:00"))
    for part in ("", "noi-nop/", "to-khai/3/", "giay-to/", "kiem-tra/"):
        look(f"/nop/{draft.token}/{part}", f"portal-draft-{part.strip('/').replace('/', '-')}", client=lan)
    look("/cua-toi/", "portal-mine-draft", client=lan)


def test_what_is_seen_afterwards(look: Look, world: World) -> None:
    lan = log_in("lan")
    code = filed(lan, world)
    look(f"/ho-so/{code}/", "portal-receipt", client=lan)
    look(f"/ho-so/{code}/rut/", "portal-withdraw", client=lan)
    ask(world, code)
    assert get_unscoped(code).supplements == 1
    look(f"/ho-so/{code}/", "portal-asked", client=lan)
    look(f"/ho-so/{code}/bo-sung/", "portal-supplement", client=lan)
    look("/cua-toi/", "portal-mine", client=lan)
    look("/ho-so/H49.26.01-260310-9999/", "portal-not-there", client=lan, status=404)
    assert Client().get("/").status_code == 200
