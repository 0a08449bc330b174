"""A whole dossier in one request: filed if complete, kept as a draft if not."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onestop.dossiers.queries.dossiers import get_unscoped, list_codes, list_parts
from onestop.dossiers.rules.filing import Filer
from onestop.intake.queries import list_drafts
from tests.web.portal.conftest import file_birth, log_in, paper
from tests.world import World

NOW = "2026-03-10 09:00"


def only_draft(world: World) -> Any:
    (draft,) = list_drafts(by=world.applicant("lan", NOW))
    return draft


def test_a_complete_one_is_filed(lan: Client, world: World) -> None:
    answer = file_birth(lan, world)
    (code,) = list_codes()
    assert (answer.status_code, answer["Location"]) == (302, f"/ho-so/{code}/")
    row = get_unscoped(code)
    assert row.answers["child_name"] == "Nguyễn Gia Bảo An"
    assert row.filer == Filer.SELF
    assert [part.file_name for part in list_parts(row)] == ["chung-sinh.pdf"]
    assert list_drafts(by=world.applicant("lan", NOW)) == []


def test_sent_again_it_is_the_same_dossier(lan: Client, world: World) -> None:
    first, again = (file_birth(lan, world, sending="12ab") for _ in range(2))
    assert first["Location"] == again["Location"]
    assert len(list_codes()) == 1
    assert file_birth(lan, world, sending="34cd")["Location"] != first["Location"]


def test_it_costs_few_statements(lan: Client, world: World) -> None:
    file_birth(lan, world)
    with CaptureQueriesContext(connection) as asked:
        file_birth(lan, world)
    statements = [
        entry["sql"] for entry in asked if not entry["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]
    assert len(statements) <= 10


def test_what_is_lacking_makes_a_draft_that_keeps_everything(lan: Client, world: World) -> None:
    answer = file_birth(lan, world, child_name=None)
    draft = only_draft(world)
    assert answer["Location"] == f"/nop/{draft.token}/kiem-tra/"
    assert list_codes() == []
    assert draft.answers["mother_name"] == "Nguyễn Thị Lan"
    assert [part["document"] for part in draft.parts] == ["BIRTH_NOTICE"]
    page = lan.get(answer["Location"]).content.decode()
    assert "This is still lacking" in page
    assert "#id_child_name" in page
    assert "File the dossier" not in page


def test_a_draft_that_lacks_something_cannot_be_filed(lan: Client, world: World) -> None:
    address = file_birth(lan, world, child_name=None)["Location"]
    assert lan.post(address).status_code == 422
    assert list_codes() == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("giay.pdf", b"MZ" + b"\0" * 600, "Files of this kind are not taken"),
        ("rong.pdf", b"", "The file is empty"),
        ("giay.exe", b"MZ" + b"\0" * 600, "Files of this kind are not taken"),
    ],
)
def test_a_bad_file_is_named_and_the_rest_is_kept(
    lan: Client, world: World, name: str, data: bytes, words: str
) -> None:
    answer = file_birth(lan, world, **{"file-BIRTH_NOTICE": paper(name, data)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "id_BIRTH_NOTICE" in page
    assert only_draft(world).answers["child_name"] == "Nguyễn Gia Bảo An"
    assert list_codes() == []


@pytest.mark.parametrize("agency", [None, "H49.99"])
def test_an_agency_nobody_knows_is_asked_again(lan: Client, world: World, agency: str | None) -> None:
    answer = file_birth(lan, world, agency=agency)
    assert answer["Location"] == f"/nop/{only_draft(world).token}/kiem-tra/"
    assert "Where and how" in lan.get(answer["Location"]).content.decode()
    assert list_codes() == []


def test_nobody_files_for_somebody_else(lan: Client, world: World) -> None:
    other = world.stage.applicant_id("binh")
    assert file_birth(lan, world, applicant=str(other)).status_code == 409
    assert list_codes() == []


def test_who_acts_for_a_company_says_for_whom(world: World) -> None:
    trung = log_in("trung")
    assert file_birth(trung, world).status_code == 409
    company = world.stage.applicant_id("vinhhalong")
    file_birth(trung, world, applicant=str(company))
    assert [get_unscoped(code).filer for code in list_codes()] == [Filer.REPRESENTATIVE]


def test_a_procedure_nobody_knows_is_not_found(lan: Client, world: World) -> None:
    assert lan.post("/thu-tuc/9.999999/nop-mot-lan/", {}).status_code == 404
    assert lan.get("/thu-tuc/9.999999/").status_code == 404
    assert lan.get("/thu-tuc/9.999999/nop/").status_code == 404


def test_a_stranger_is_asked_to_log_in(world: World) -> None:
    assert file_birth(Client(), world).status_code == 401
    assert list_codes() == []
