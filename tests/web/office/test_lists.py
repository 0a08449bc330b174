"""What the office sees, and several dossiers at once."""

import pytest

from onestop.dossiers.rules.states import State
from tests.web.acts import at_appraisal, at_approval, at_seal, ready
from tests.web.officers import DAY, Hall, row, said, statements

WORK, ALL, BULK, PERFORM = "/xu-ly/", "/xu-ly/tat-ca/", "/xu-ly/hang-loat/", "/xu-ly/hang-loat/thuc-hien/"


def test_everybody_has_their_own_work(hall: Hall) -> None:
    appraised, signed = at_approval(hall), at_seal(hall)
    mine = {who: hall.log_in(who).get(WORK).content.decode() for who in ("hoa", "quang", "thu", "long.coto")}
    assert "Nothing waits for you" in mine["hoa"]
    assert (appraised.code in mine["quang"], signed.code in mine["quang"]) == (True, False)
    assert (appraised.code in mine["thu"], signed.code in mine["thu"]) == (False, True)
    assert "Nothing waits for you" in mine["long.coto"]


@pytest.mark.parametrize(("address", "budget"), [(WORK, 6), (ALL, 5)])
def test_rows_cost_no_statements(hall: Hall, address: str, budget: int) -> None:
    at_appraisal(hall)
    hoa = hall.log_in("hoa")
    one = statements(hoa, address)
    for who in ("trung", "tam"):
        hall.marital(who, at=f"{DAY} 08:30").accept(f"{DAY} 09:10")
    assert statements(hoa, address) == one <= budget


def test_a_dossier_page_stays_within_its_budget(hall: Hall) -> None:
    assert statements(hall.log_in("quang"), f"/xu-ly/ho-so/{at_approval(hall).code}/") <= 14


def test_all_dossiers_by_state(hall: Hall) -> None:
    open_one, settled = at_appraisal(hall), ready(hall)
    quang = hall.log_in("quang")
    page = quang.get(f"{ALL}?state=9").content.decode()
    assert (open_one.code in page, settled.code in page) == (False, True)
    assert quang.get(f"{ALL}?state=many").status_code == 200


def test_a_stranger_sees_nothing_by_any_route(hall: Hall) -> None:
    play = ready(hall)
    page = f"/xu-ly/ho-so/{play.code}/"
    quang, long = hall.log_in("quang"), hall.log_in("long.coto")
    assert quang.get(page).status_code == 200
    assert play.code not in long.get(ALL).content.decode()
    for address in (page, f"{page}xem-truoc/", f"{page}ket-qua/", f"{page}tep/1/", f"{page}phieu/receipt/2/"):
        assert long.get(address).status_code == 404, address
    sent = {"code": [play.code]}
    assert play.code not in long.post(BULK, sent).content.decode()


@pytest.mark.parametrize("who", ["lan"])
def test_the_office_is_for_officers(hall: Hall, who: str) -> None:
    play = at_appraisal(hall)
    client = hall.log_in(who)
    assert play.code not in client.get(WORK).content.decode()
    assert client.get(f"/xu-ly/ho-so/{play.code}/").status_code in (403, 404)


def test_a_leader_signs_three_at_once_after_being_asked(hall: Hall) -> None:
    plays = [hall.marital(who).accept(f"{DAY} 09:00").appraise(f"{DAY} 09:30") for who in ("binh", "trung", "tam")]
    quang = hall.log_in("quang")
    assert "Approve and sign those chosen" in quang.get(WORK).content.decode()
    asked = quang.post(BULK, {"code": [play.code for play in plays]}).content.decode()
    assert "Approve and sign 3 dossiers" in asked
    chosen = [f"{play.code}:{row(play).journal_sequence}" for play in plays]
    for value in chosen:
        assert f'value="{value}"' in asked
    done = quang.post(PERFORM, {"code": chosen})
    assert (done.status_code, said(done)) == (302, ["3 dossiers done."])
    assert {row(play).step for play in plays} == {"seal"}
    assert quang.get(WORK).status_code == 200
    again = said(quang.post(PERFORM, {"code": chosen}))
    assert [play.code in words for play, words in zip(plays, again, strict=True)] == [True, True, True]
    assert {row(play).step for play in plays} == {"seal"}


def test_one_refusal_holds_up_nobody_else(hall: Hall) -> None:
    first, second = at_seal(hall), hall.marital("trung").accept(f"{DAY} 09:00")
    chosen = [f"{play.code}:{row(play).journal_sequence}" for play in (first, second)]
    done = hall.log_in("thu").post(PERFORM, {"code": chosen})
    assert said(done)[0] == "1 dossier done."
    assert second.code in said(done)[1]
    assert (row(first).state, row(second).step) == (State.PROCESSED, "appraise")


def test_a_head_approves_several(hall: Hall) -> None:
    plays = [hall.household(who).accept(f"{DAY} 09:00").appraise(f"{DAY} 09:30") for who in ("tam", "lan")]
    loan = hall.log_in("loan")
    asked = loan.post(BULK, {"code": [play.code for play in plays]}).content.decode()
    assert "Approve 2 dossiers" in asked
    loan.post(PERFORM, {"code": [f"{play.code}:{row(play).journal_sequence}" for play in plays]})
    assert {row(play).step for play in plays} == {"approve"}


def test_nothing_chosen_is_said(hall: Hall) -> None:
    at_approval(hall)
    done = hall.log_in("quang").post(BULK)
    assert (done.status_code, said(done)) == (302, ["Choose at least one dossier first."])


def test_nothing_is_done_in_bulk_by_others(hall: Hall) -> None:
    play = at_appraisal(hall)
    hoa = hall.log_in("hoa")
    assert hoa.post(PERFORM, {"code": [f"{play.code}:1"]}).status_code == 403
    assert hoa.get(PERFORM).status_code in (403, 405)
