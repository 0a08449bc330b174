"""Following: a story for its owner, nothing for anybody else, by any route."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onestop.dossiers.queries.dossiers import get_unscoped, list_codes, list_parts
from onestop.dossiers.rules.states import State
from onestop.intake.queries import list_drafts
from onestop.intake.rules.supplement import SupplementItem
from onestop.web.portal.urls import urlpatterns
from tests.web.portal.conftest import file_birth, log_in, paper
from tests.world import World

NOW = "2026-03-10 09:00"
ITEM = SupplementItem("BIRTH_NOTICE", "Ảnh giấy chứng sinh bị mờ.", "Chụp lại rõ cả bốn góc.", "123/2015/NĐ-CP Đ16")
OF_A_DOSSIER = sorted(p.name for p in urlpatterns if p.name and "ho-so/" in str(p.pattern))
OF_A_DRAFT = sorted(p.name for p in urlpatterns if p.name and str(p.pattern).startswith("nop/"))


def ask(world: World, code: str) -> None:
    from datetime import timedelta

    from onestop.accounts.rules import Role
    from onestop.intake.operations.supplement import request_supplement

    row = get_unscoped(code)
    at = row.changed_at + timedelta(seconds=1)
    by = world.stage.officer(row.receiving_unit.code, Role.ONE_STOP_OFFICER, at)
    request_supplement(code=code, items=(ITEM,), by=by, at=at)


def filed(client: Client, world: World) -> str:
    file_birth(client, world)
    return list_codes()[-1]


def address(name: str, code: str) -> str:
    row = get_unscoped(code)
    more = {
        "slip": {"kind": "receipt", "number": 2},
        "part": {"part_id": list_parts(row)[0].pk},
        "proof": {"number": 1},
    }
    return reverse(f"portal:{name}", kwargs={"code": code, **more.get(name, {})})


def test_a_finished_dossier_is_told_with_its_result(played: dict[str, str]) -> None:
    lan = log_in("lan")
    code = played["birth_the_same_day"]
    page = lan.get(f"/ho-so/{code}/").content.decode()
    assert "Your result is ready" in page
    assert page.index("Your result is ready") < page.index("<h1")
    result = lan.get(f"/ho-so/{code}/ket-qua/")
    assert result.content.startswith(b"%PDF")
    assert result["X-Content-Type-Options"] == "nosniff"
    assert code in lan.get("/cua-toi/").content.decode()


@pytest.mark.parametrize("language", ["vi", "en", "ur"])
def test_every_story_can_be_read_by_its_owner_in_every_language(played: dict[str, str], language: str) -> None:
    for code in played.values():
        owner = get_unscoped(code).applicant
        name = "trung" if owner.tax_code else owner.account.username
        answer = log_in(name, language).get(f"/ho-so/{code}/")
        assert answer.status_code == 200, code
        assert code in answer.content.decode()


@pytest.mark.parametrize("name", OF_A_DOSSIER)
def test_somebody_elses_dossier_is_not_there(played: dict[str, str], name: str) -> None:
    code = played["birth_the_same_day"]
    place = address(name, code)
    assert log_in("lan").get(place).status_code in (200, 404, 409)
    for answer in (log_in("binh").get(place), log_in("binh").post(place, {"reason": "x"})):
        assert answer.status_code in (404, 405)
        assert "Lan" not in answer.content.decode().replace("Lang", "")
    assert Client().get(place).status_code == 302
    assert log_in("binh").get(place.replace(code, "H49.26.01-260310-9999")).status_code == 404


@pytest.mark.parametrize("name", OF_A_DRAFT)
def test_somebody_elses_draft_is_not_there(lan: Client, world: World, name: str) -> None:
    file_birth(lan, world, child_name=None)
    (draft,) = list_drafts(by=world.applicant("lan", NOW))
    place = reverse(f"portal:{name}", kwargs={"token": draft.token, **({"number": 3} if "section" in name else {})})
    assert lan.get(place).status_code in (200, 405)
    binh = log_in("binh")
    assert binh.get(place).status_code in (404, 405)
    assert binh.post(place, {"mother_name": "x"}).status_code in (302, 404)
    (same,) = list_drafts(by=world.applicant("lan", NOW))
    assert same.answers == draft.answers


def test_a_part_of_another_dossier_is_not_served_under_mine(lan: Client, world: World) -> None:
    mine, binh = filed(lan, world), log_in("binh")
    file_birth(binh, world)
    theirs = next(code for code in list_codes() if code != mine)
    part = list_parts(get_unscoped(theirs))[0].pk
    assert lan.get(f"/ho-so/{mine}/tep/{part}/").status_code == 404
    assert binh.get(f"/ho-so/{theirs}/tep/{part}/").status_code == 200


def test_lists_cost_the_same_for_one_and_for_three(lan: Client, world: World) -> None:
    counts = []
    for _ in range(3):
        file_birth(lan, world)
        lan.get("/cua-toi/")
        with CaptureQueriesContext(connection) as asked:
            page = lan.get("/cua-toi/").content.decode()
            assert page.count("/ho-so/") >= len(counts) + 1
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_following_by_code_needs_the_holders_number(lan: Client, world: World) -> None:
    code, stranger = filed(lan, world), Client()
    stranger.cookies["lang"] = "en"
    found = stranger.post("/tra-cuu/", {"code": code.lower(), "holder": "022 195 004 321"}).content.decode()
    assert "Has it now" in found
    assert "Lan" not in found.replace("Lang", "")
    answers = [
        stranger.post("/tra-cuu/", sent)
        for sent in ({"code": code, "holder": "022088001234"},
                     {"code": "H49.26.01-260310-9999", "holder": "022195004321"},
                     {"code": code, "holder": ""}, {"code": "x", "holder": "y"})
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {404}
    assert all("No dossier has this code" in answer.content.decode() for answer in answers)
    assert all("Has it now" not in answer.content.decode() for answer in answers)


def test_guessing_at_a_dossier_comes_to_an_end(lan: Client, world: World) -> None:
    code, right = filed(lan, world), "022195004321"
    guesser = Client()
    for number in range(10):
        assert guesser.post("/tra-cuu/", {"code": code, "holder": f"02219500{number:04d}"}).status_code == 404
    refused = guesser.post("/tra-cuu/", {"code": code, "holder": right})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 900
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post("/tra-cuu/", {"code": code, "holder": right}).status_code == 429  # the dossier is shielded
    other = {"code": "H49.26.01-260310-9999", "holder": right}
    assert elsewhere.post("/tra-cuu/", other).status_code == 404  # the person is not
    assert lan.get(f"/ho-so/{code}/").status_code == 200


def test_a_supplement_is_answered_and_good_files_are_held(lan: Client, world: World) -> None:
    code = filed(lan, world)
    ask(world, code)
    assert "You are asked for something" in lan.get(f"/ho-so/{code}/").content.decode()
    page = lan.get(f"/ho-so/{code}/bo-sung/").content.decode()
    assert ITEM.why in page
    assert ITEM.how in page
    seen = get_unscoped(code).journal_sequence
    assert lan.post(f"/ho-so/{code}/bo-sung/", {"seen": seen}).status_code == 422
    bad = lan.post(f"/ho-so/{code}/bo-sung/", {"seen": seen, "file-BIRTH_NOTICE": paper("x.pdf", b"MZ" + b"\0" * 99)})
    assert bad.status_code == 422
    done = lan.post(f"/ho-so/{code}/bo-sung/", {"seen": seen, "file-BIRTH_NOTICE": paper()})
    assert done.status_code == 302
    assert get_unscoped(code).state != State.WAITING_SUPPLEMENT
    assert "Nothing is asked of you now" in lan.get(f"/ho-so/{code}/bo-sung/").content.decode()


def test_a_page_out_of_date_says_so(lan: Client, world: World) -> None:
    code = filed(lan, world)
    ask(world, code)
    stale = lan.post(f"/ho-so/{code}/bo-sung/", {"seen": 1, "file-BIRTH_NOTICE": paper()})
    assert stale.status_code == 409
    assert get_unscoped(code).state == State.WAITING_SUPPLEMENT


def test_withdrawing_is_asked_once_more_then_done(lan: Client, world: World) -> None:
    code = filed(lan, world)
    page = lan.get(f"/ho-so/{code}/rut/").content.decode()
    assert "Withdraw this dossier?" in page
    assert lan.post(f"/ho-so/{code}/rut/", {"seen": 1, "reason": "Nộp nhầm"}).status_code == 302
    assert get_unscoped(code).state == State.WITHDRAWN
    assert "Nộp nhầm" in lan.get(f"/ho-so/{code}/").content.decode()
    assert lan.get(f"/ho-so/{code}/rut/").status_code == 409
