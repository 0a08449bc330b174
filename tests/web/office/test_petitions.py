"""Petitions before officers: taken in by procedure control, answered by the agency, published, rated."""

from typing import Any

import pytest
from django.test import Client

from onestop.accounts.rules import SYSTEM
from onestop.applicants.models import ReadRecord
from onestop.demo.cast import CO_TO, HONG_GAI
from onestop.demo.stage import moment
from onestop.feedback.models import Petition
from onestop.feedback.operations.filing import file_petition
from onestop.feedback.rules.petitions import Said, Topic
from tests.web.officers import DAY, Hall, statements

SAID = Said("Chậm trả kết quả", "Quá hạn ba ngày mà chưa ai báo cho tôi biết.", Topic.DELAY, phone="0912345678")
PLACE = "/xu-ly/phan-anh/"


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def sent(hall: Hall) -> Petition:
    """A petition about Hồng Gai, sent at nine, that may be shown to everybody."""
    unit = hall.world.stage.unit_code(HONG_GAI)
    return file_petition(said=SAID, by=SYSTEM, at=moment(f"{DAY} 09:00"), unit=unit, may_be_public=True)


def act(client: Client, row: Petition, name: str, **typed: str) -> Any:
    """Press a button on the page as it stands."""
    row.refresh_from_db()
    return client.post(f"{PLACE}{row.code}/{name}/", {"seen": str(row.last_entry), **typed}, follow=True)


def test_from_the_list_to_the_published_answer(hall: Hall, sent: Petition) -> None:
    control, quang = hall.log_in("kiemsoat"), hall.log_in("quang")
    page = text(control.get(PLACE))
    assert sent.code in page
    assert "0912345678" not in page
    assert sent.code not in text(quang.get(PLACE))
    agency = hall.world.stage.unit_code(HONG_GAI)
    assert "Assigned" in text(act(control, sent, "giao", topic="delay", agency=agency))
    assert SAID.text in text(quang.get(f"{PLACE}{sent.code}/"))
    assert "Answered" in text(act(quang, sent, "tra-loi", words="Đã trả kết quả và xin lỗi ông bà."))
    hall.at("2026-03-11 08:00")
    assert "The answer is public" in text(act(control, sent, "cong-khai"))
    public = text(Client().get("/phan-anh/da-tra-loi/"))
    assert "Đã trả kết quả và xin lỗi ông bà." in public
    assert SAID.text not in public
    assert "0912345678" not in public


def test_every_act_of_the_page_does_what_it_says(hall: Hall, sent: Petition) -> None:
    control, quang = hall.log_in("kiemsoat"), hall.log_in("quang")
    assert "has been asked" in text(act(control, sent, "hoi", words="Hồ sơ mã nào?"))
    found = Client().post("/phan-anh/tra-cuu/", {"code": sent.code, "contact": "0912345678"})
    assert "Hồ sơ mã nào?" in text(found)
    sent.refresh_from_db()
    told = {"code": sent.code, "contact": "0912345678", "act": "clarify", "seen": str(sent.last_entry)}
    assert "Mã 0001" in text(Client().post("/phan-anh/tra-cuu/", {**told, "words": "Mã 0001 ạ."}))
    act(control, sent, "giao", topic="conduct", agency=hall.world.stage.unit_code(HONG_GAI))
    assert "Extended" in text(act(quang, sent, "gia-han", days="3", words="Xác minh thêm."))
    assert "Verified" in text(act(control, sent, "xac-minh", outcome="untrue", words="Xem camera."))
    sent.refresh_from_db()
    assert (sent.extensions, sent.outcome, sent.topic) == (1, "untrue", "conduct")
    assert act(control, sent, "xac-minh", outcome="maybe", words="x").status_code == 422
    assert act(control, sent, "bay-gio").status_code == 404


def test_a_refusal_tells_the_petitioner_why(hall: Hall, sent: Petition) -> None:
    act(hall.log_in("kiemsoat"), sent, "tu-choi", words="Không thuộc phạm vi tiếp nhận.")
    found = Client().post("/phan-anh/tra-cuu/", {"code": sent.code, "contact": "0912345678"})
    assert "Không thuộc phạm vi tiếp nhận." in text(found)


def test_nobody_else_finds_it(hall: Hall, sent: Petition) -> None:
    assert hall.log_in("hoa").get(PLACE).status_code == 403
    assert hall.log_in("long.coto").get(f"{PLACE}{sent.code}/").status_code == 404
    assert act(hall.log_in("long.coto"), sent, "tra-loi", words="x").status_code == 404
    assert sent.code not in text(hall.log_in("long.coto").get(f"{PLACE}?xem=tat-ca"))


def test_late_ones_are_shown_as_late(hall: Hall, sent: Petition) -> None:
    control = hall.log_in("kiemsoat")
    assert sent.code not in text(control.get(f"{PLACE}?xem=qua-han"))
    hall.at("2026-05-04 09:00")
    page = text(control.get(f"{PLACE}?xem=qua-han"))
    assert sent.code in page
    assert 'class="late"' in page


def test_whose_words_were_read_is_on_record(hall: Hall) -> None:
    lan = hall.world.applicant("lan", f"{DAY} 09:00")
    unit = hall.world.stage.unit_code(CO_TO)
    row = file_petition(said=SAID, by=lan, at=moment(f"{DAY} 09:00"), unit=unit)
    hall.log_in("kiemsoat").get(f"{PLACE}{row.code}/")
    assert ReadRecord.objects.filter(what=f"petition:{row.code}", applicant_id__in=lan.applicant_ids).count() == 1


def test_a_list_costs_the_same_with_one_petition_and_with_many(hall: Hall, sent: Petition) -> None:
    control = hall.log_in("kiemsoat")
    few = statements(control, PLACE)
    unit = hall.world.stage.unit_code(CO_TO)
    for _ in range(3):
        file_petition(said=SAID, by=SYSTEM, at=moment(f"{DAY} 09:30"), unit=unit)
    assert statements(control, PLACE) == few
