"""Rating on the portal: by its owner, or with the receipt and the holder's number; never by a guess or by others."""

from typing import Any

import pytest
from django.test import Client

from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.feedback.models import Rating
from onestop.feedback.queries.ratings import list_ratings
from onestop.web.portal.tracking import TRACKING
from tests.web.portal.conftest import log_in
from tests.web.portal.test_following import filed
from tests.world import World

RETURNED = "birth_the_same_day"
PLACE = "/danh-gia/"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def unrated(played: dict[str, str]) -> str:
    """A returned dossier of Lan's that the story leaves unrated."""
    code = played[RETURNED]
    Rating.objects.filter(dossier__code=code).delete()
    return code


def holder_of(code: str) -> str:
    return str(get_unscoped(code).applicant.personal_id)


def test_the_owner_rates_with_one_tap_and_the_page_thanks(played: dict[str, str]) -> None:
    code, lan = unrated(played), log_in("lan")
    assert "One question, three more" in text(lan.get(f"/ho-so/{code}/"))
    page = lan.get(f"/ho-so/{code}/danh-gia/")
    assert text(page).count('name="rating"') == 5
    assert lan.post(f"/ho-so/{code}/danh-gia/", {"rating": "4"}).status_code == 302
    told = text(lan.get(f"/ho-so/{code}/"))
    assert "Your rating" in told
    assert "One question, three more" not in told
    kept = list_ratings(get_unscoped(code))[-1]
    assert (kept.rating, kept.contacts, kept.conduct, kept.rated_by) == (4, None, "", "online")


def test_without_a_choice_it_says_what_is_missing_and_keeps_what_was_typed(played: dict[str, str]) -> None:
    code, lan = unrated(played), log_in("lan")
    answer = lan.post(f"/ho-so/{code}/danh-gia/", {"contacts": "1", "comment": "Xin cảm ơn"})
    assert answer.status_code == 422
    assert "Choose how satisfied you are." in text(answer)
    assert "Xin cảm ơn" in text(answer)
    assert list_ratings(get_unscoped(code)) == []


def test_with_the_receipt_nobody_needs_an_account(played: dict[str, str]) -> None:
    code, guest = unrated(played), Client()
    assert f'value="{code}"' in text(guest.get(f"{PLACE}?ma={code}"))
    which = {"code": code, "holder": holder_of(code)}
    asked = guest.post(PLACE, which)
    assert asked.status_code == 200
    assert text(asked).count('name="rating"') == 5
    assert list_ratings(get_unscoped(code)) == []
    done = guest.post(PLACE, {**which, "questions": "1", "rating": "2", "conduct": "poor"})
    assert "Cảm ơn bạn" in text(done)
    kept = list_ratings(get_unscoped(code))[-1]
    assert (kept.rating, kept.conduct, kept.rated_by) == (2, "poor", "link")


def test_a_wrong_number_tells_nothing_and_nobody_guesses_for_long(played: dict[str, str]) -> None:
    code, guest = unrated(played), Client()
    wrong = {"code": code, "holder": "001300000001", "questions": "1", "rating": "1"}
    answers = [guest.post(PLACE, wrong).status_code for _ in range(TRACKING.most + 1)]
    assert answers == [404] * TRACKING.most + [429]
    assert guest.post(PLACE, {**wrong, "holder": holder_of(code)}).status_code == 429
    assert list_ratings(get_unscoped(code)) == []


def test_a_dossier_on_its_way_is_not_rated_yet(world: World) -> None:
    lan = log_in("lan")
    code = filed(lan, world)
    assert lan.get(f"/ho-so/{code}/danh-gia/").status_code == 409
    assert "Rate how it went" not in text(lan.get(f"/ho-so/{code}/"))


@pytest.mark.parametrize("language", ["vi", "en", "ur"])
def test_it_is_asked_in_every_language(played: dict[str, str], language: str) -> None:
    words = {"vi": "Rất không hài lòng", "en": "Very dissatisfied", "ur": "بہت غیر مطمئن"}
    page = text(log_in("lan", language).get(f"/ho-so/{unrated(played)}/danh-gia/"))
    assert words[language] in page
