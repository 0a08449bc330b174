"""Money at the counter: the fee is stated, taken, paid back; acceptance waits for what was asked in advance."""

import pytest

from onestop.demo.stage import Play
from onestop.dossiers.rules.states import State
from onestop.fees.queries import get_ledger
from tests.web.officers import DAY, Hall, row, said, seen

CHARGE = {"amount": "8.000 đ", "copies": "1", "before": "1"}


def do(hall: Hall, play: Play, path: str, who: str = "minh", **fields: str) -> list[str]:
    response = hall.log_in(who).post(f"/mot-cua/ho-so/{play.code}/{path}/", {**seen(play), **fields})
    assert response.status_code == 302, response.content.decode()[:2000]
    return said(response)


def page(hall: Hall, play: Play, who: str = "minh", face: str = "mot-cua") -> str:
    return hall.log_in(who).get(f"/{face}/ho-so/{play.code}/").content.decode()


def test_stated_taken_and_accepted(hall: Hall) -> None:
    play = hall.extract()
    assert "The catalogue names a fee" in page(hall, play)
    assert do(hall, play, "thong-bao-phi", **CHARGE) == [f"Fee stated: {play.code}"]
    waiting = page(hall, play)
    assert "The fee asked for in advance is not paid yet." in waiting
    assert "8,000 đ" in waiting
    refused = hall.log_in("minh").post(f"/mot-cua/ho-so/{play.code}/tiep-nhan/", seen(play))
    assert "The fee asked for in advance is not paid yet." in refused.content.decode()
    do(hall, play, "thu-phi", amount="8000", way="transfer", number="0000123")
    paid = page(hall, play)
    assert "0000123" in paid
    assert "By transfer" in paid
    assert "Still to pay" not in paid
    do(hall, play, "tiep-nhan")
    assert row(play).state == State.ACCEPTED


def test_every_reason_stands_on_the_page(hall: Hall) -> None:
    play = hall.marital()
    response = hall.log_in("minh").post(
        f"/mot-cua/ho-so/{play.code}/thong-bao-phi/", {**seen(play), "amount": "abc", "copies": "0"}
    )
    told = response.content.decode()
    assert "Enter the amount in whole đồng, more than 0." in told
    assert "name the legal ground" in told
    assert get_ledger(row(play)).due is None


def test_an_exemption_is_stated_with_its_ground(hall: Hall) -> None:
    play = hall.marital()
    do(hall, play, "thong-bao-phi", exempt="1", amount="5", ground="110/2025/TT-BTC Đ3")
    ledger = get_ledger(row(play))
    assert (ledger.due, ledger.owed) == (0, 0)
    assert "110/2025/TT-BTC" in page(hall, play)


def test_withdrawn_in_time_is_paid_back_at_the_desk(hall: Hall) -> None:
    play = hall.extract()
    do(hall, play, "thong-bao-phi", **CHARGE)
    do(hall, play, "thu-phi", amount="8000", way="cash", number="7")
    do(hall, play, "rut", reason="x")
    assert "Owed back" in page(hall, play)
    do(hall, play, "hoan-phi", amount="8000", way="cash", number="PC7")
    after = page(hall, play)
    assert "PC7" in after
    assert "Owed back" not in after


def test_the_specialist_sees_whether_it_is_paid(hall: Hall) -> None:
    play = hall.extract()
    do(hall, play, "thong-bao-phi", amount="8000", copies="1")
    play.accept(f"{DAY} 14:10")
    assert "Still to pay" in page(hall, play, "hoa", "xu-ly")


@pytest.mark.parametrize("path", ["thong-bao-phi", "thu-phi", "hoan-phi"])
def test_a_stranger_moves_no_money(hall: Hall, path: str) -> None:
    play = hall.extract()
    for who, refused in (("hai.coto", (404,)), ("oanh", (403, 409))):
        sent = {**seen(play), **CHARGE, "way": "cash", "number": "1"}
        assert hall.log_in(who).post(f"/mot-cua/ho-so/{play.code}/{path}/", sent).status_code in refused
    assert get_ledger(row(play)).due is None
