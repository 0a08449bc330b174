"""Every message has words in three languages, filled from what its entry holds, and letters say no more."""

from typing import Any

import pytest
from django.utils.translation import override

from onestop.alerts.rules.kinds import AlertKind
from onestop.feedback.rules.petitions import PetitionDeed
from onestop.notices.ports import writer
from onestop.notices.rules.messages import (
    END,
    OF_DOSSIER,
    OF_REGISTER,
    RAISE,
    TOLD,
    Audience,
    MessageKind,
    Topic,
    alert_kind,
    tell,
    topic_of,
)
from onestop.web.base.things import address_of
from onestop.web.base.wording.kinds import KINDS, kind_word
from onestop.web.base.wording.messages import MESSAGES, name_units, word_message

LANGUAGES = ("vi", "en", "ur")
CODE = "H49.26.01-260310-0007"
MOMENT = "2026-03-11T17:00:00+07:00"
INDICATOR = {"code": "ON_TIME_BY_LAW", "on": "2026-03-10"}
PAYLOAD: dict[str, Any] = {
    "due_at": MOMENT, "appointed_at": MOMENT, "task": 7, "title": "Lắp máy quét", "year": 2026, "quarter": 1,
    "count": 3, "petition": "PA-260310-0001",
    "unit": "H49.26", "subject": "ON_TIME_BY_LAW", "indicator": INDICATOR, "now_percent": "81.0",
    "target_percent": "90.0", "forecast_percent": "85.5", "base_percent": "2.0", "numerator": 9, "denominator": 10,
    "left": 4, "right": 5, "since": MOMENT, "begun_at": MOMENT, "posts": ["H49.26.CT"],
    "reason": "a reason that is nobody else's business",
}  # fmt: skip
KINDS_OF_ALL = [
    *((entry, "", CODE) for entry in OF_DOSSIER),
    *((entry, "", "") for entry in OF_REGISTER),
    *((entry, kind.value, "") for entry in (RAISE, END) for kind in AlertKind),
]


def test_every_kind_has_words_and_nothing_else_has() -> None:
    alerts = {alert_kind(kind, is_over=is_over) for kind in AlertKind for is_over in (False, True)}
    assert set(MESSAGES) == {kind.value for kind in MessageKind} | alerts
    assert {entry for entry, _, _ in KINDS_OF_ALL} == TOLD


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_whole_in_every_language(language: str) -> None:
    for entry, kind, code in KINDS_OF_ALL:
        told = tell(entry, {**PAYLOAD, "kind": kind}, code=code)
        assert told is not None
        with override(language):
            words = word_message(told.kind, told.params)
        assert words.title, (entry, kind)
        assert words.text, (entry, kind)
        assert "…" not in words.title + words.text, f"{entry} {kind}: its entry does not hold what the sentence needs"
        assert "%" not in (words.title + words.text).replace(" %", ""), (entry, kind)
        assert "business" not in words.title + words.text, (entry, kind)
        if language == "ur":
            assert any("\u0600" <= letter <= "\u06ff" for letter in words.title), (entry, kind)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_has_the_same_words_and_the_way_there(language: str) -> None:
    for entry, kind, code in KINDS_OF_ALL:
        told = tell(entry, {**PAYLOAD, "kind": kind}, code=code)
        assert told is not None
        letter = writer().write(12, told.kind, told.params, language)
        with override(language):
            assert letter.subject == word_message(told.kind, told.params).title
        assert "\n" not in letter.subject
        assert "/thong-bao/12/" in letter.text
        assert "business" not in letter.text
        assert letter.language == language


def test_every_message_leads_somewhere() -> None:
    for entry, kind, code in KINDS_OF_ALL:
        told = tell(entry, {**PAYLOAD, "kind": kind}, code=code)
        assert told is not None
        assert address_of(told.kind, told.params).startswith("/"), (entry, kind)


def test_every_entry_and_topic_has_a_word() -> None:
    worded = {*KINDS["entry"], *(deed.value for deed in PetitionDeed)}  # those have a table of their own
    assert {*OF_REGISTER, RAISE, END} <= worded
    assert {kind_word("topic", topic) for topic in Topic}


def test_units_are_named_in_one_statement_or_none(django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        assert name_units([{"code": CODE}]) == {}
    with django_assert_num_queries(1):
        name_units([{"unit": "H49.26"}, {"unit": "H49.27"}])


def test_a_register_cannot_speak_for_a_dossier_nor_a_dossier_for_a_register() -> None:
    assert tell("plan_task_set", PAYLOAD, code=CODE) is None
    assert tell(RAISE, {**PAYLOAD, "kind": "cube_stands"}, code=CODE) is None
    assert tell("accept", PAYLOAD) is None
    assert {telling.audience for telling in OF_REGISTER.values()} == {Audience.POSTS, Audience.OPENER}
    assert topic_of("alert_cube_stands") is Topic.ALERTS
