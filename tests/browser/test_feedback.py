"""What people say, in a browser: rating and writing, following, and what officers see of it."""

from collections.abc import Callable

import pytest
from django.test import Client

from onestop.demo.province import stage
from onestop.demo.voices import speak_up
from onestop.feedback.models import Petition, Rating
from tests.demo.test_voices import NOW, plays_of
from tests.web.officers import Hall
from tests.web.portal.conftest import log_in

Look = Callable[..., None]


@pytest.fixture
def db(played: dict[str, str]) -> None:
    """The pages are served from the province with its stories played."""


@pytest.fixture
def spoken(played: dict[str, str]) -> dict[str, str]:
    """The stories, rated and complained of."""
    speak_up(stage(), plays_of(played), NOW)
    return played


def test_rating(spoken: dict[str, str], look: Look) -> None:
    code = spoken["birth_the_same_day"]
    look("/danh-gia/", "rate-which")
    Rating.objects.filter(dossier__code=code).delete()
    look(f"/ho-so/{code}/danh-gia/", "rate", client=log_in("lan"))
    look(f"/ho-so/{code}/", "dossier-to-rate", client=log_in("lan"))


def test_writing(spoken: dict[str, str], look: Look) -> None:
    look("/phan-anh/", "petition-write")
    look("/phan-anh/tra-cuu/", "petition-follow")
    look("/phan-anh/da-tra-loi/", "petition-answers")
    about = Petition.objects.get(topic="conduct")
    assert about.account is not None
    look(f"/phan-anh/{about.code}/", "petition-own", client=log_in(about.account.username))


def officer(username: str) -> Client:
    return Hall.log_in(Hall.__new__(Hall), username)


def test_what_officers_see(spoken: dict[str, str], look: Look) -> None:
    look("/xu-ly/phan-anh/?xem=tat-ca", "petitions", client=officer("kiemsoat"))
    waiting = Petition.objects.get(state="filed")
    look(f"/xu-ly/phan-anh/{waiting.code}/", "petition-to-assign", client=officer("kiemsoat"))
    answered = Petition.objects.get(topic="delay")
    look(f"/xu-ly/phan-anh/{answered.code}/", "petition-answered", client=officer("kiemsoat"))


def test_satisfaction_on_the_board(spoken: dict[str, str], look: Look) -> None:
    look("/bang-chi-so/chi-so/SATISFACTION_ASKED/?don-vi=H49", "board-satisfaction", client=officer("lanhdao"))
