"""Filing page by page: what was typed is kept, what is wrong is named, filed twice is filed once."""

from typing import Any

from django.test import Client

from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stories import BIRTH, RECORD
from onestop.dossiers.queries.dossiers import list_codes
from onestop.intake.queries import list_drafts
from tests.web.portal.conftest import file_birth, log_in, paper
from tests.world import World

NOW = "2026-03-10 09:00"


def begin(client: Client, world: World, who: str = "lan", procedure: str = BIRTH) -> str:
    answer = client.post(f"/thu-tuc/{procedure}/nop/", {"applicant": world.stage.applicant_id(who)})
    return str(answer["Location"])


def kept(world: World, who: str = "lan") -> Any:
    (draft,) = list_drafts(by=world.applicant(who, NOW))
    return draft


def fill(client: Client, address: str, typed: dict[str, Any]) -> None:
    for number in range(1, 9):
        page = f"{address}to-khai/{number}/"
        shown = client.get(page)
        if shown.status_code == 200:
            named = {name: value for name, value in typed.items() if f'name="{name}"' in shown.content.decode()}
            assert client.post(page, named).status_code == 302, shown.content.decode()


def test_from_the_first_page_to_the_receipt(lan: Client, world: World) -> None:
    address = begin(lan, world)
    assert "Not yet possible" in lan.get(address).content.decode()
    where = {"agency": world.stage.unit_code(HONG_GAI), "way": "2"}
    assert lan.post(f"{address}noi-nop/", where).status_code == 302
    fill(lan, address, answers.birth())
    assert lan.post(f"{address}giay-to/", {"file-BIRTH_NOTICE": paper()}).status_code == 302
    page = lan.get(f"{address}kiem-tra/").content.decode()
    assert "Nguyễn Gia Bảo An" in page
    assert "chung-sinh.pdf" in page
    assert "File the dossier" in page
    receipt = lan.post(f"{address}kiem-tra/", {"procedure": BIRTH}, follow=True).content.decode()
    (code,) = list_codes()
    assert "We have your dossier" in receipt
    assert code in receipt
    assert "The one-stop desk answers by" in receipt


def test_filed_twice_is_one_dossier_and_that_one_is_shown(lan: Client, world: World) -> None:
    address = begin(lan, world)
    draft = kept(world)
    file_birth(lan, world, child_name=None)
    lan.post(f"{address}to-khai/3/", {**answers.birth()})
    first = lan.post(f"{address}kiem-tra/", {"procedure": BIRTH})
    again = lan.post(f"/nop/{draft.token}/kiem-tra/", {"procedure": BIRTH})
    assert first["Location"] == again["Location"] == f"/ho-so/{list_codes()[0]}/"
    assert len(list_codes()) == 1
    assert "nothing was filed twice" in lan.get(again["Location"]).content.decode()


def test_wrong_fields_are_named_and_what_was_typed_is_kept(lan: Client, world: World) -> None:
    address = begin(lan, world)
    typed = {**answers.birth(), "applicant_birth_date": "31/02/1995", "applicant_id_no": "12"}
    answer = lan.post(f"{address}to-khai/2/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_applicant_birth_date"' in page
    assert 'value="31/02/1995"' in page
    assert 'aria-invalid="true"' in page
    assert kept(world).answers["applicant_birth_date"] == "31/02/1995"
    assert lan.post(f"{address}to-khai/2/", {**typed, "later": "1"})["Location"] == address


def test_dates_are_asked_as_people_write_them(lan: Client, world: World) -> None:
    page = lan.get(f"{begin(lan, world)}to-khai/2/").content.decode()
    assert 'value="12/04/1995"' in page
    assert "Filled in from what is known of you" in page


def test_a_wrong_cell_of_a_table_is_named_in_its_row(world: World) -> None:
    binh = log_in("binh")
    address = begin(binh, world, "binh", RECORD)
    pages = {n: binh.get(f"{address}to-khai/{n}/").content.decode() for n in range(1, 9)}
    number = next(n for n, page in pages.items() if "family-0-name" in page)
    answer = binh.post(
        f"{address}to-khai/{number}/",
        {"family-0-relationship": "Cha", "family-0-name": "A", "family-0-birth_date": "x"},
    )
    assert answer.status_code == 422
    assert 'href="#id_family-0-birth_date"' in answer.content.decode()
    assert kept(world, "binh").answers["family"] == [{"relationship": "Cha", "name": "A", "birth_date": "x"}]
    more = binh.post(f"{address}to-khai/{number}/", {"family-0-name": "A", "family-1-name": "B", "more": "1"})
    assert "family-3-name" in more.content.decode()


def test_good_files_are_kept_beside_a_bad_one_and_can_be_taken_away(lan: Client, world: World) -> None:
    address = begin(lan, world)
    sent = {
        "file-BIRTH_NOTICE": paper(),
        "file-NOT_ASKED": paper(),
        "file-AUTHORISATION": paper("x.pdf", b"MZ" + b"\0" * 99),
    }
    assert lan.post(f"{address}giay-to/", sent).status_code == 422
    assert [part["document"] for part in kept(world).parts] == ["BIRTH_NOTICE"]
    lan.post(f"{address}giay-to/", {"remove": "BIRTH_NOTICE"})
    assert kept(world).parts == []


def test_the_commune_of_the_applicant_stands_first(lan: Client, world: World) -> None:
    page = lan.get(f"{begin(lan, world)}noi-nop/").content.decode()
    first = page.split("<option", 2)[1]
    assert HONG_GAI in first
    assert page.count("<option") == 54
    bad = lan.post(f"{begin(lan, world)}noi-nop/", {"agency": "H49.99", "way": "9"})
    assert bad.status_code == 422


def test_a_section_that_asks_nothing_is_not_found(lan: Client, world: World) -> None:
    address = begin(lan, world)
    assert lan.get(f"{address}to-khai/1/").status_code == 404
    assert lan.get(f"{address}to-khai/99/").status_code == 404


def test_a_draft_thrown_away_is_gone(lan: Client, world: World) -> None:
    address = begin(lan, world)
    assert lan.post(f"{address}bo/").status_code == 302
    assert lan.get(address).status_code == 404
    assert lan.post(f"{address}kiem-tra/", {"procedure": BIRTH}).status_code == 404
