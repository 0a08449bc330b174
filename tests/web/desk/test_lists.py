"""What the desk sees: its own work and register, and nothing of another desk."""

import pytest

from onestop.demo.cast import CO_TO
from onestop.dossiers.queries.dossiers import list_parts
from onestop.web.desk.views import lists
from tests.web.acts import accepted, ready
from tests.web.officers import DAY, Hall, row, statements

WORK, REGISTER = "/mot-cua/", "/mot-cua/so-theo-doi/"


def test_the_work_list_names_the_next_act_of_each(hall: Hall) -> None:
    filed, taken, sealed = hall.marital("trung"), accepted(hall), ready(hall)
    page = hall.log_in("minh").get(WORK).content.decode()
    assert "3 dossiers wait" in page
    assert "Check and accept" in page
    assert f'action="/mot-cua/ho-so/{taken.code}/chuyen/"' in page
    assert f'href="/mot-cua/ho-so/{sealed.code}/#return"' in page
    assert f'href="/mot-cua/ho-so/{filed.code}/"' in page


def test_the_desk_list_is_empty_in_words(hall: Hall) -> None:
    assert "Nothing waits at this desk" in hall.log_in("minh").get(WORK).content.decode()


@pytest.mark.parametrize(("address", "budget"), [(WORK, 6), (REGISTER, 5)])
def test_rows_cost_no_statements(hall: Hall, address: str, budget: int) -> None:
    hall.marital("trung")
    minh = hall.log_in("minh")
    one = statements(minh, address)
    hall.birth()
    accepted(hall)
    assert statements(minh, address) == one <= budget


def test_a_dossier_page_stays_within_its_budget(hall: Hall) -> None:
    assert statements(hall.log_in("minh"), f"/mot-cua/ho-so/{ready(hall).code}/") <= 12


def test_the_register_by_state_and_code(hall: Hall) -> None:
    filed, taken = hall.marital("trung"), accepted(hall)
    minh = hall.log_in("minh")
    by_state = minh.get(f"{REGISTER}?state=2").content.decode()
    assert taken.code in by_state
    assert filed.code not in by_state
    by_code = minh.get(f"{REGISTER}?q={filed.code.lower()}").content.decode()
    assert filed.code in by_code
    assert taken.code not in by_code
    assert "Nothing fits" in minh.get(f"{REGISTER}?state=7").content.decode()
    assert minh.get(f"{REGISTER}?state=99&after=x").status_code == 200


def test_another_desk_sees_nothing_by_any_route(hall: Hall) -> None:
    play = ready(hall)
    own = hall.marital("kien", agency=CO_TO)
    part = hall.birth()
    part_id = list_parts(row(part))[0].pk
    hai = hall.log_in("hai.coto")
    for address in (WORK, REGISTER, f"{REGISTER}?q={play.code}"):
        page = hai.get(address).content.decode()
        assert f"/ho-so/{play.code}/" not in page
        assert "Trần Văn Bình" not in page
    assert own.code in hai.get(WORK).content.decode()
    for address in (
        f"/mot-cua/ho-so/{play.code}/",
        f"/mot-cua/ho-so/{play.code}/ket-qua/",
        f"/mot-cua/ho-so/{play.code}/phieu/receipt/2/",
        f"/mot-cua/ho-so/{part.code}/tep/{part_id}/",
        f"/mot-cua/ho-so/{own.code}/tep/{part_id}/",
    ):
        assert hai.get(address).status_code == 404, address


@pytest.mark.parametrize("who", ["hoa", "quang", "thu", "lan"])
def test_the_desk_is_for_its_officers(hall: Hall, who: str) -> None:
    client = hall.log_in(who)
    for address in (WORK, REGISTER, "/mot-cua/tiep-nhan/", "/mot-cua/tiep-nhan/1.001193/"):
        assert client.get(address).status_code == 403, address


def test_a_dossier_without_result_has_none_to_download(hall: Hall) -> None:
    play = hall.marital()
    assert hall.log_in("minh").get(f"/mot-cua/ho-so/{play.code}/ket-qua/").status_code == 404


def test_the_receipt_is_a_pdf(hall: Hall) -> None:
    play, minh = accepted(hall), hall.log_in("minh")
    page = minh.get(f"/mot-cua/ho-so/{play.code}/").content.decode()
    address = f"/mot-cua/ho-so/{play.code}/phieu/receipt/2/"
    assert address in page
    assert minh.get(address).content.startswith(b"%PDF")


def test_pages_follow_one_another(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [play.code for play in (hall.marital("trung"), hall.marital("tam", at=f"{DAY} 09:00"), hall.birth())]
    whole = lists.list_work
    monkeypatch.setattr(lists, "list_work", lambda **named: whole(**{**named, "size": 2}))
    minh = hall.log_in("minh")
    first = minh.get(WORK)
    second = minh.get(f"{WORK}?after={first.context['page_of'].next_key.replace('+', '%2B')}")
    pages = [{code for code in codes if code in page.content.decode()} for page in (first, second)]
    assert [len(page) for page in pages] == [2, 1]
    assert pages[0] | pages[1] == set(codes)
