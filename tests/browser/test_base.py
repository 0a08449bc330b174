"""The shared pages in a browser: components, log-in, errors, keys."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.urls("tests.browser.urls")


@pytest.fixture(autouse=True)
def _living_page(settings: Any) -> None:
    settings.DEBUG = True


def test_every_component_in_every_language(look: Callable[..., None]) -> None:
    look("/kieu-mau/", "components", dark=True)


def test_the_dense_page_in_every_language(look: Callable[..., None]) -> None:
    look("/kieu-mau/?day-dac=1", "components-dense")


def test_log_in(look: Callable[..., None]) -> None:
    look("/tai-khoan/dang-nhap/", "log-in")


def test_a_list_is_worked_by_keys(open_page: Callable[..., Any]) -> None:
    page = open_page("/kieu-mau/?day-dac=1")
    codes = page.locator("[data-row] a.code").all_inner_texts()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == codes[0]
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.evaluate("document.activeElement.closest('[data-row]').getAttribute('aria-selected')") == "true"
    assert page.locator("[data-count]").inner_text() == "1"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == codes[0]
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("x")  # typed, not obeyed
    assert page.locator("[data-count]").inner_text() == "1"
    page.locator("h1").click()
    page.keyboard.press("?")
    keys = page.locator("dialog#keys")
    assert keys.is_visible()
    assert "Phê duyệt" in keys.inner_text()
    page.keyboard.press("Escape")
    assert not keys.is_visible()
    assert page.complaints == []


def test_nothing_is_cut_off_and_figures_stand_below_each_other(open_page: Callable[..., Any]) -> None:
    page = open_page("/kieu-mau/?day-dac=1")
    widths = page.evaluate(
        """() => [...'0123456789'].map(digit => { const box = document.createElement('span');
            box.textContent = digit.repeat(20); box.className = 'figures'; document.body.append(box);
            const width = box.getBoundingClientRect().width; box.remove(); return Math.round(width * 10); })"""
    )
    assert len(set(widths)) == 1
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"')")
    leading = page.evaluate(
        "parseFloat(getComputedStyle(document.body).lineHeight) / parseFloat(getComputedStyle(document.body).fontSize)"
    )
    assert leading >= 1.5


def test_urdu_has_room(open_page: Callable[..., Any]) -> None:
    page = open_page("/kieu-mau/", language="ur")
    leading = page.evaluate(
        "parseFloat(getComputedStyle(document.body).lineHeight) / parseFloat(getComputedStyle(document.body).fontSize)"
    )
    assert leading >= 2
    assert page.evaluate("document.documentElement.dir") == "rtl"


def test_without_a_script_the_page_says_the_same(browser: Any, served: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.url + "/kieu-mau/?day-dac=1")
    assert page.locator("[data-bulk] button").first.is_visible()
    assert page.locator("table.work tbody tr").count() == 5
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    context.close()
