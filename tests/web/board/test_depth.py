"""The board in depth: one figure whole, reports, points, doubts, alarms, signed figures; each for whom it is meant."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from onestop.accounts.rules import Principal, Role
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import moment
from onestop.demo.stories import MARITAL
from onestop.indicators.queries.snapshots import list_snapshots
from onestop.web.base import identity
from onestop.web.board import surveys
from tests.web.board.history import NOW, live_through, settle_units
from tests.web.officers import Hall, hall  # noqa: F401  a fixture
from tests.world import World

HOME = "/bang-chi-so/"
DEPTH = (
    "chi-so/ON_TIME_BY_LAW/", "bao-cao/bieu-06/", "bao-cao/bieu-ii-07b/", "cham-diem/", "chat-luong/", "chot-so/",
    "chi-so/ON_TIME_BY_LAW/so-lieu.csv", "bao-cao/bieu-06/so-lieu.csv", "bao-cao/bieu-ii-07b/so-lieu.csv",
)  # fmt: skip


@pytest.fixture
def ids(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """A year of a small province."""
    surveys._kept.clear()
    made = settle_units()
    live_through(300)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return made


@pytest.fixture
def become(ids: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Log in as somebody of a role in a unit and all below it."""

    def logged_in(role: Role, unit: str = "H49") -> Client:
        below = frozenset(pk for code, pk in ids.items() if code.startswith(unit))
        by = Principal(
            1, "Quang", frozenset({role}), "officer:1", posting_id=1, post_code="x", unit_id=ids[unit],
            unit_code=unit, unit_ids=below,
        )  # fmt: skip
        monkeypatch.setattr(identity, "principal_of", lambda *_: by)
        client = Client()
        client.cookies["lang"] = "en"
        return client

    return logged_in


def text(answer: Any) -> str:
    """The whole answer, streamed or not."""
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


@pytest.mark.parametrize("address", DEPTH)
def test_own_units_open_and_others_do_not(become: Any, address: str) -> None:
    client = become(Role.SPECIALIST, "H49.33")
    assert client.get(HOME + address).status_code == 200
    own = "bieu-ii-07b" in address  # counts the whole province for everybody
    assert client.get(f"{HOME}{address}?don-vi=H49.34").status_code == (200 if own else 404)


def test_one_figure_says_where_it_goes_who_is_like_us_and_what_came_late(become: Any) -> None:
    page = text(become(Role.LEADER).get(f"{HOME}chi-so/FULL_PROCESS/?den=2026-03-05"))
    for words in ("By Thursday 31/12/2026", "Method:", "every unit one dot", "Shown on", "Signs beside this rate"):
        assert words in page, words
    assert page.count('<title id="') == 2
    assert 'role="img"' in page
    before = text(become(Role.LEADER).get(f"{HOME}chi-so/SATISFACTION_ASKED/?den=2026-03-05"))
    assert before.count("No data") >= 1
    assert become(Role.LEADER).get(f"{HOME}chi-so/NOTHING/").status_code == 404


def test_alarms_are_for_who_answers_for_them(become: Any) -> None:
    assert become(Role.SPECIALIST).get(f"{HOME}canh-bao/").status_code == 302
    page = text(become(Role.AUDITOR).get(f"{HOME}canh-bao/"))
    assert "Phường Vàng Danh" in page
    assert "other units of the kind" in page
    assert "addresses dossiers are sent from are not recorded" in page
    assert "Phường Vàng Danh" not in text(become(Role.LEADER, "H49.33").get(f"{HOME}canh-bao/"))
    assert "Signs beside" not in text(become(Role.SPECIALIST).get(f"{HOME}chi-so/FULL_PROCESS/"))


def test_the_leader_sees_what_slips_and_who_needs_help(become: Any) -> None:
    page = text(become(Role.LEADER).get(f"{HOME}dieu-hanh/"))
    assert "What slips this week" in page
    assert "past its due moment" in page
    assert "behind plan" in page
    assert "no goal set" in page


def test_a_scorecard_leaves_open_what_is_not_known(become: Any) -> None:
    page = text(become(Role.LEADER).get(f"{HOME}cham-diem/"))
    assert "how it is scored is not known" in page
    assert "– / 12" in page.replace("\n", " ")


def test_open_data_keeps_small_counts_back(ids: dict[str, int]) -> None:
    found = json.loads(text(Client().get(f"{HOME}so-lieu.json")))
    small = [figure for figure in found["figures"] if figure.get("small")]
    assert small
    assert all(figure["numerator"] is None and figure["share"] is None for figure in small)
    large = next(figure for figure in found["figures"] if figure["code"] == "ONLINE_BY_CHANNEL")
    assert large["denominator"] > 5
    assert large["rules"]["zero"] == "unknown"
    table = text(Client().get(f"{HOME}so-lieu.csv"))
    assert "<5" in table
    assert "ratings_not_recorded" in table


def test_every_definition_is_public(db: None) -> None:
    page = text(Client().get(f"{HOME}dinh-nghia/"))
    for words in ("PETITION_PROCESSING_ON_TIME", "B06_RECEIVED", "ENDED_IN_BULK", "settlement-06", "766/QĐ-TTg 5.4"):
        assert words in page


def test_the_wall_shows_no_dossier_and_no_person(ids: dict[str, int]) -> None:
    page = text(Client().get(f"{HOME}man-hinh/"))
    assert 'http-equiv="refresh"' in page
    assert "/ho-so/" not in page
    assert "http-equiv" not in text(Client().get(HOME))


def test_a_month_is_prepared_by_the_auditor_and_signed_by_the_head(hall: Hall, world: World) -> None:  # noqa: F811
    surveys._kept.clear()
    from onestop.demo import answers

    world.stage.file(MARITAL, "binh", HONG_GAI, "2026-02-10 08:05", answers=answers.marital("binh"))
    auditor, head = hall.log_in("kiemsoat"), hall.log_in("lanhdao")
    assert hall.log_in("minh").post(f"{HOME}chot-so/lap/", {"thang": "2026-02"}).status_code == 403
    assert auditor.post(f"{HOME}chot-so/lap/", {"thang": "zz"}).status_code == 422
    made = auditor.post(f"{HOME}chot-so/lap/", {"thang": "2026-02"})
    (row,) = list_snapshots()
    assert made["Location"] == f"{HOME}chot-so/{row.pk}/"
    assert (row.period_from, row.as_of) == (moment("2026-02-01 00:00"), moment("2026-03-01 00:00"))
    assert "Sign these figures" not in text(auditor.get(made["Location"]))
    assert "Sign these figures" in text(head.get(made["Location"]))
    assert auditor.post(f"{made['Location']}ky/").status_code == 403
    head.post(f"{made['Location']}ky/")
    page = text(head.get(made["Location"]))
    assert "It holds" in page
    assert row.content_hash in page
    again = auditor.post(f"{HOME}chot-so/lap/", {"thang": "2026-02"}, follow=True)
    assert "signed for already" in text(again)
