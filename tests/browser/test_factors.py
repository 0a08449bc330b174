"""Signing with PIN and one-time code in a browser: the page that asks, and the same page after a mistake."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import LANGUAGES, SCREENS, WIDTHS, faults_of_access, faults_of_width
from tests.web.acts import at_approval
from tests.web.office.test_factors import Remote, remote  # noqa: F401  a fixture
from tests.web.officers import DAY, Hall, hall, row  # noqa: F401  a fixture
from tests.world import World

WORK = "/xu-ly/"


@pytest.fixture
def db(world: World) -> None:
    """The pages are served from the province instead of an empty database."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_leader_sees(
    hall: Hall,  # noqa: F811
    remote: Remote,  # noqa: F811
    open_page: Callable[..., Any],
    language: str,
) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    plays = [at_approval(hall), hall.birth().accept(f"{DAY} 09:00").appraise(f"{DAY} 09:30")]
    page = open_page(WORK, language=language, width=WIDTHS[0], client=hall.log_in("quang", language))
    for _ in plays:
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.locator("button[formaction], .bulk button, form[action$='hang-loat/'] button").first.click()
    wrong = []
    for name, pin in (("asked", "0000"), ("mistake", remote.typed()["factor-PIN"])):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=SCREENS / f"office-factors-{name}-{language}-{width}.png", full_page=True)
            wrong += [f"{name} {width}: {fault}" for fault in faults_of_width(page)]
        wrong += faults_of_access(page)
        assert page.locator("input[type=password]").evaluate_all("all => all.map(one => one.value)") == ["", ""]
        page.locator("[name=factor-PIN]").fill(pin)
        page.locator("[name=factor-OTP]").fill(remote.service.next_code(remote.credential))
        page.locator(".calm button[type=submit]").click()
    page.wait_for_url(f"**{WORK}")
    assert wrong == []
    assert {row(play).step for play in plays} == {"seal"}
