"""Finding a procedure and reading it, logged in or not, in three languages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onestop.demo.stories import BIRTH
from onestop.web.portal.life_events import LIFE_EVENTS
from tests.world import World


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Bạn cần làm gì?"), ("en", "What do you need?"), ("ur", "آپ کو کیا چاہیے؟")]
)
def test_home_speaks_three_languages(world: World, language: str, words: str) -> None:
    stranger = Client()
    stranger.cookies["lang"] = language
    with CaptureQueriesContext(connection) as asked:
        page = stranger.get("/").content.decode()
    assert words in page
    assert len(asked) == 0


def test_every_life_event_leads_to_a_procedure(world: World) -> None:
    for event in LIFE_EVENTS:
        assert Client().get(f"/thu-tuc/{event.code}/").status_code == 200, event.code


def test_search_works_with_and_without_scripts(world: World) -> None:
    stranger = Client()
    whole = stranger.get("/thu-tuc/", {"q": "khai sinh"}).content.decode()
    piece = stranger.get("/thu-tuc/", {"q": "khai sinh"}, headers={"HX-Request": "true"}).content.decode()
    assert f"/thu-tuc/{BIRTH}/" in whole
    assert f"/thu-tuc/{BIRTH}/" in piece
    assert "<html" in whole
    assert "<html" not in piece
    assert stranger.get("/thu-tuc/", {"q": "\x00' OR 1=1 --"}).status_code == 200
    assert stranger.get("/thu-tuc/", {"q": "zzzzqqq"}).status_code == 200


def test_a_procedure_gives_the_answer_before_the_law(world: World) -> None:
    stranger = Client()
    stranger.cookies["lang"] = "en"
    page = stranger.get(f"/thu-tuc/{BIRTH}/").content.decode()
    order = [
        page.index(words) for words in ("Can I do it online", "How long", "How much", "What you need", "Legal basis")
    ]
    assert order == sorted(order)
    assert f"/thu-tuc/{BIRTH}/nop/" in page
