"""The office in a browser: Hoa appraises, Quang signs three at once, Thu seals; every page in every language."""

from collections.abc import Callable
from typing import Any

import pytest

from onestop.dossiers.models import DossierPart
from onestop.dossiers.rules.filing import Given
from onestop.dossiers.rules.states import State
from onestop.signing.models import InitialledPaper
from tests.browser.conftest import SCREENS
from tests.web.acts import at_appraisal, at_approval, at_initials, at_seal, sealed_from_scans
from tests.web.office.test_acts import at_review, consulted
from tests.web.officers import DAY, Hall, hall, row  # noqa: F401  a fixture
from tests.world import World

Look = Callable[..., None]
WORK = "/xu-ly/"


@pytest.fixture
def db(world: World) -> None:
    """The pages are served from the province instead of an empty database."""


def test_from_appraisal_to_seal(hall: Hall, open_page: Callable[..., Any]) -> None:  # noqa: F811
    first = at_appraisal(hall)
    others = [hall.marital(who).accept(f"{DAY} 09:00").appraise(f"{DAY} 09:30") for who in ("trung", "tam")]
    page = open_page(WORK, client=hall.log_in("hoa"))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_label("Kết quả thẩm định").fill("Hồ sơ đầy đủ.")
    page.get_by_role("button", name="Thẩm định").click()
    page.get_by_text(f"Đã thẩm định và chuyển bước: {first.code}").wait_for()

    page = open_page(WORK, client=hall.log_in("quang"))
    for _ in range(3):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.get_by_role("button", name="Duyệt và ký các hồ sơ đã chọn").click()
    assert page.locator("h1").inner_text() == "Duyệt và ký 3 hồ sơ"
    page.get_by_role("button", name="Duyệt và ký 3 hồ sơ").click()
    page.get_by_text("Đã xong 3 hồ sơ.").wait_for()

    page = open_page(f"{WORK}ho-so/{first.code}/", client=hall.log_in("thu"))
    page.keyboard.press("a")
    page.get_by_text(f"Đã đóng dấu: {first.code}").wait_for()
    assert row(first).state == State.PROCESSED
    assert {row(play).step for play in others} == {"seal"}
    assert page.complaints == []


def test_what_the_office_sees(hall: Hall, look: Look) -> None:  # noqa: F811
    plays = {
        "appraise": (at_appraisal(hall), "hoa"),
        "consulted": (consulted(hall), "hoa"),
        "opinion": (consulted(hall), "binh.xaydung"),
        "review": (at_review(hall), "loan"),
        "sign": (at_approval(hall), "quang"),
        "seal": (at_seal(hall), "thu"),
    }
    for name, (play, who) in plays.items():
        look(f"{WORK}ho-so/{play.code}/", f"office-{name}", client=hall.log_in(who))


def test_the_lists_of_the_office(hall: Hall, look: Look) -> None:  # noqa: F811
    for who in ("binh", "trung", "tam"):
        hall.marital(who).accept(f"{DAY} 09:00").appraise(f"{DAY} 09:30")
    consulted(hall)
    quang = hall.log_in("quang")
    look(WORK, "office-work", client=quang, dark=True)
    look(f"{WORK}tat-ca/", "office-all", client=quang)
    look(f"{WORK}lay-y-kien/", "office-opinions", client=hall.log_in("binh.xaydung"))
    look(WORK, "office-empty", client=hall.log_in("thu"))


def test_the_page_that_asks_once_more(hall: Hall, open_page: Callable[..., Any]) -> None:  # noqa: F811
    at_approval(hall)
    page = open_page(WORK, client=hall.log_in("quang"), width=360)
    page.locator("[data-pick]").first.check()
    page.get_by_role("button", name="Duyệt và ký các hồ sơ đã chọn").click()
    page.get_by_role("link", name="Không, quay lại").click()
    assert page.locator("h1").inner_text() == "Việc của tôi"


def test_a_head_of_division_initials_the_paper_with_one_key(
    hall: Hall,  # noqa: F811
    open_page: Callable[..., Any],
    look: Look,
) -> None:
    """The page says what approving does here, and the key under the finger does it."""
    play, khoa = at_initials(hall), hall.log_in("khoa.vandon")
    look(f"{WORK}ho-so/{play.code}/", "office-initials", client=khoa)
    page = open_page(f"{WORK}ho-so/{play.code}/", client=khoa)
    page.get_by_text("ký nháy").first.wait_for()
    page.keyboard.press("a")
    page.get_by_text(f"Đã duyệt: {play.code}").wait_for()
    assert InitialledPaper.objects.get().dossier.code == play.code
    assert row(play).step != "review"
    assert page.complaints == []


def test_a_clerk_certifies_a_copy_of_a_scan(
    hall: Hall,  # noqa: F811
    open_page: Callable[..., Any],
    look: Look,
) -> None:
    play, thu = sealed_from_scans(hall), hall.log_in("thu")
    page = open_page(f"{WORK}ho-so/{play.code}/", client=thu)
    form = page.locator("form[action$='/chung-thuc-ban-sao/']")
    page.locator("details", has=form).locator("summary").click()
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / "office-certify-vi-1280-light.png", full_page=True)
    form.get_by_role("button").click()
    page.locator(".ds-alert", has_text=play.code).wait_for()
    assert DossierPart.objects.filter(given=Given.COPY, dossier__code=play.code).count() == 1
    assert page.complaints == []
