"""The device at the desk: asks, thanks, and is known for what it is."""

from typing import Any

from onestop.feedback.models import Rating
from tests.web.officers import DAY, Hall, row


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_applicant_rates_on_the_device_and_sees_nothing_else(hall: Hall) -> None:
    play = hall.birth()
    play.accept(f"{DAY} 08:20").appraise(f"{DAY} 09:00").sign(f"{DAY} 10:00").seal(f"{DAY} 10:05")
    minh, place = hall.log_in("minh"), f"/mot-cua/ho-so/{play.code}/"
    assert minh.get(f"{place}danh-gia/").status_code == 409
    play.return_result(f"{DAY} 13:59")
    assert "Let the applicant rate" in text(minh.get(place))
    page = text(minh.get(f"{place}danh-gia/"))
    assert page.count('name="rating"') == 5
    assert "<nav" not in page
    assert minh.post(f"{place}danh-gia/", {"conduct": "kind"}).status_code == 422
    assert "hand the device back" in text(minh.post(f"{place}danh-gia/", {"rating": "5"}))
    kept = Rating.objects.get()
    assert (kept.rating, kept.rated_by, kept.dossier_id) == (5, "desk_device", row(play).pk)
    assert "Let the applicant rate" not in text(minh.get(place))
    assert "on the device at the desk" in text(minh.get(place))
    assert minh.get(f"{place}danh-gia/").status_code == 409


def test_another_desk_lends_its_device_to_nobody_of_ours(hall: Hall) -> None:
    play = hall.birth()
    play.accept(f"{DAY} 08:20").appraise(f"{DAY} 09:00").sign(f"{DAY} 10:00").seal(f"{DAY} 10:05")
    play.return_result(f"{DAY} 13:59")
    address = f"/mot-cua/ho-so/{play.code}/danh-gia/"
    assert hall.log_in("hai.coto").post(address, {"rating": "5"}).status_code == 404
    assert hall.log_in("hoa").post(address, {"rating": "5"}).status_code in (302, 403)
    assert not Rating.objects.exists()
