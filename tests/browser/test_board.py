"""The board in a browser: every page in every language and width, over fourteen months of a small province."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from onestop.accounts.rules import Principal, Role
from onestop.indicators.operations.snapshots import prepare_snapshot
from onestop.web.base import identity
from onestop.web.board import surveys
from tests.browser.conftest import LANGUAGES, SCREENS, WIDTHS, faults_of_access, faults_of_width
from tests.web.board.history import NOW, live_through, settle_units

Look = Callable[..., None]
HOME = "/bang-chi-so/"


@pytest.fixture
def province(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """A small province on a day of March, read by somebody who leads and checks it."""
    surveys._kept.clear()
    ids = settle_units()
    live_through()
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return ids


@pytest.fixture
def reader(province: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> Principal:
    """The auditor of the province, logged in."""
    by = Principal(
        1, "Kiểm", frozenset({Role.AUDITOR}), "officer:1", posting_id=1, post_code="x", unit_id=province["H49"],
        unit_code="H49", unit_ids=frozenset(province.values()),
    )  # fmt: skip
    monkeypatch.setattr(identity, "principal_of", lambda *_: by)
    return by


PAGES = {
    "overview": "dieu-hanh/",
    "indicator": "chi-so/ON_TIME_BY_LAW/?don-vi=H49.33&den=2026-03-05",
    "list": "ho-so/ENDED_IN_BULK/numerator/?don-vi=H49&bo=alarms",
    "settlement": "bao-cao/bieu-06/",
    "one-stop": "bao-cao/bieu-ii-07b/",
    "scorecard": "cham-diem/",
    "quality": "chat-luong/",
    "alarms": "canh-bao/",
    "snapshots": "chot-so/",
}


@pytest.mark.parametrize("name", PAGES)
def test_what_officers_see(reader: Principal, look: Look, name: str) -> None:
    look(HOME + PAGES[name], f"board-{name}")


def test_a_snapshot(reader: Principal, look: Look) -> None:
    begin, end = NOW.replace(month=1, day=31, hour=17), NOW.replace(month=2, day=28, hour=17)
    row = prepare_snapshot(unit="H49", period_from=begin, as_of=end, by=reader, at=NOW)
    look(f"{HOME}chot-so/{row.pk}/", "board-snapshot")


@pytest.mark.parametrize(("name", "address"), [("public", ""), ("definitions", "dinh-nghia/")])
def test_what_everybody_sees(province: dict[str, int], look: Look, name: str, address: str) -> None:
    look(HOME + address, f"board-{name}", dark=name == "public")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wall_renews_itself_and_needs_no_script(
    province: dict[str, int], open_page: Callable[..., Any], language: str
) -> None:
    """It is the one page that does; who cannot bear that has the same figures on the public page, one link away."""
    page = open_page(f"{HOME}man-hinh/", language=language, client=Client())
    assert page.locator('meta[http-equiv="refresh"]').get_attribute("content") == "60"
    assert page.locator(".wall-figures > li").count() == 6  # five figures, and the moment
    assert page.locator(f'a[href^="{HOME}"]').count() == 1
    assert [fault for fault in faults_of_access(page) if not fault.startswith("meta-refresh")] == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENS / f"board-wall-{language}-{width}.png", full_page=True)
        assert faults_of_width(page) == []
    assert page.complaints == []
