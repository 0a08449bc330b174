"""The desk in a browser: Minh receives paper at the counter; every page in every language and width."""

from collections.abc import Callable
from typing import Any

import pytest

from onestop.demo import answers
from onestop.demo.cast import APPLICANTS
from onestop.demo.papers import scan
from onestop.demo.stories import BIRTH, MARITAL
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.dossiers.rules.states import State
from tests.web.acts import accepted, asked, ready
from tests.web.desk.test_acts import on_paper
from tests.web.officers import DAY, Hall, hall  # noqa: F401  a fixture
from tests.world import World

Look = Callable[..., None]
OANH = next(person for person in APPLICANTS if person.username == "oanh")


@pytest.fixture
def db(world: World) -> None:
    """The pages are served from the province instead of an empty database."""


def fill(page: Any, typed: dict[str, Any]) -> None:
    """Fill in the form as an officer would: choose, tick, type."""
    for name, value in typed.items():
        box = page.locator(f'main [name="{name}"]')
        if not box.count():
            continue
        kind = box.first.evaluate("it => it.tagName + ' ' + it.type")
        if kind.startswith("SELECT"):
            box.select_option(str(value))
        elif kind.endswith("radio"):
            page.locator(f'main [name="{name}"][value="{value}"]').check()
        else:
            box.fill(str(value))


def test_minh_receives_paper_at_the_counter(hall: Hall, open_page: Callable[..., Any]) -> None:  # noqa: F811
    page = open_page("/mot-cua/", client=hall.log_in("minh"))
    page.keyboard.press("n")
    page.get_by_label("Thủ tục nào?").fill("khai sinh")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Thủ tục đăng ký khai sinh", exact=True).click()
    page.get_by_label("Số định danh cá nhân hoặc mã số thuế").fill(OANH.personal_id)
    fill(page, answers.birth(parent="oanh"))
    for box in page.locator('[name="presented"]').all():
        box.check()
    given = {"name": "chung-sinh.pdf", "mimeType": "application/pdf", "buffer": scan("Giấy chứng sinh", "Oanh")}
    page.locator('[name="file-BIRTH_NOTICE"]').set_input_files(given)
    page.locator('[name="file-FORM_BIRTH"]').set_input_files({**given, "name": "to-khai.pdf"})
    page.get_by_role("button", name="Nhận hồ sơ").click()
    code = page.url.rstrip("/").rsplit("/", 1)[1]
    assert "Mới nộp" in page.inner_text("main")
    page.keyboard.press("a")
    page.get_by_text(f"Đã tiếp nhận: {code}").wait_for()
    page.keyboard.press("a")
    page.get_by_text(f"Đã chuyển xử lý: {code}").wait_for()
    assert get_unscoped(code).state == State.IN_PROCESS
    assert "Quầy không còn hồ sơ chờ" in page.inner_text("main")
    assert page.complaints == []


def test_the_list_is_walked_by_keys(hall: Hall, open_page: Callable[..., Any]) -> None:  # noqa: F811
    first, second = hall.marital("trung"), hall.marital("tam", at=f"{DAY} 09:00")
    page = open_page("/mot-cua/", client=hall.log_in("minh"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ho-so/{second.code}/")
    page.go_back()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ho-so/{first.code}/")


def test_what_the_desk_sees(hall: Hall, look: Look) -> None:  # noqa: F811
    minh = hall.log_in("minh")
    plays = {"paper": on_paper(hall), "accepted": accepted(hall), "asked": asked(hall), "ready": ready(hall)}
    hall.marital("trung", at=f"{DAY} 08:50")
    look("/mot-cua/", "desk-work", client=minh, dark=True)
    look("/mot-cua/so-theo-doi/", "desk-register", client=minh)
    for name, play in plays.items():
        look(f"/mot-cua/ho-so/{play.code}/", f"desk-{name}", client=minh)


def test_what_is_seen_while_receiving(hall: Hall, look: Look) -> None:  # noqa: F811
    minh = hall.log_in("minh")
    look("/mot-cua/tiep-nhan/?q=khai+sinh", "desk-find", client=minh)
    for code in (BIRTH, MARITAL):
        look(f"/mot-cua/tiep-nhan/{code}/", f"desk-receive-{code}", client=minh)
