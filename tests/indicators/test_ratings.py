"""Satisfaction by those who answered: the last word holds, silence counts beside it, taps at the desk are seen."""

from datetime import date, timedelta
from typing import Any

import pytest

from onestop.facts.queries.counting import count_by_unit
from onestop.facts.rules.chance import wilson
from onestop.facts.rules.figures import Counts, Figure, as_document
from onestop.facts.rules.reference import Deed
from onestop.facts.rules.tally import UnitFilter
from onestop.indicators.queries.definitions import get_definition, list_definitions
from tests.facts.journals import accept, hours, life, sealed, write

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 1)
SECONDS = 1 / 3600


def rated(at: float, rating: int, by: str = "online") -> tuple[str, float, dict[str, Any]]:
    return ("rate", at, {"rating": rating, "rated_by": by})


def returned(stream: int, *said: tuple[str, float, dict[str, Any]], due: float = 40) -> list[Deed]:
    """A dossier returned at hour 10, and what was said of it."""
    return life(stream, accept(1, due), *sealed(5), ("return_result", 10, {}), *said)


def counts(*codes: str, as_of: float = 100) -> list[tuple[int, int]]:
    schemes = {"RATED_AT_THE_COUNTER": "alarms"}
    found = [get_definition(code, on=LATER, scheme=schemes.get(code, "province")) for code in codes]
    tally = count_by_unit(found, as_of=hours(as_of), period_from=hours(-1))
    return [(item.numerator, item.denominator) for item in tally.counts(found, UnitFilter())]


def test_the_last_rating_holds_and_an_earlier_one_held_before() -> None:
    write(returned(1, rated(20, 2), rated(30, 5)))
    assert counts("SATISFACTION_ASKED", as_of=25) == [(0, 1)]
    assert counts("SATISFACTION_ASKED", as_of=35) == [(1, 1)]


def test_who_is_silent_stands_in_the_rate_of_answers_and_not_in_satisfaction() -> None:
    write([*returned(1, rated(20, 4)), *returned(2), *life(3, accept(1, 40)), *life(4, ("refuse", 3, {}))])
    assert counts("SATISFACTION_ASKED", "SATISFACTION_RESPONSE") == [(1, 1), (1, 3)]


def test_the_derived_figure_takes_off_who_is_late_discontent_or_complained() -> None:
    complaint = Deed(-1, 1, "file_petition", hours(12), hours(12), {"dossier": 4, "topic": "conduct"})
    lives = [returned(1, rated(20, 5)), returned(2, rated(20, 2)), returned(3), returned(4), returned(5, due=3)]
    write([*(deed for lived in lives for deed in lived), complaint])
    assert counts("SATISFACTION_DERIVED") == [(2, 5)]
    write([Deed(-1, 2, "verify_petition", hours(30), hours(30), {"dossier": 4, "verdict": "untrue"})])
    assert counts("SATISFACTION_DERIVED", as_of=29) == [(2, 5)]
    assert counts("SATISFACTION_DERIVED") == [(3, 5)]


def test_a_tap_on_the_desks_device_within_a_minute_is_a_sign() -> None:
    write([
        *returned(1, rated(10 + 20 * SECONDS, 5, "desk_device")),
        *returned(2, rated(10 + 90 * SECONDS, 5, "desk_device")),
        *returned(3, rated(10 + 20 * SECONDS, 5, "link")),
    ])  # fmt: skip
    assert counts("RATED_AT_THE_COUNTER", "SATISFACTION_ASKED") == [(1, 3), (3, 3)]


def test_a_share_of_those_who_answered_carries_its_interval_and_no_other_does() -> None:
    asked = get_definition("SATISFACTION_ASKED", on=LATER)
    figure = Figure(asked, "", hours(0), hours(1), Counts(7, 7, 5))
    expected = wilson(5, 7)
    assert figure.interval == expected
    assert as_document(figure)["interval"] == [round(expected.low, 6), round(expected.high, 6)]
    assert Figure(asked, "", hours(0), hours(1), Counts()).interval is None
    assert [item.code for item in list_definitions(on=LATER) if item.interval] == ["SATISFACTION_ASKED"]


def test_what_was_not_asked_then_has_no_number_of_then() -> None:
    before = get_definition("SATISFACTION_ASKED", on=date(2026, 11, 25))
    assert (before.version, before.no_data) == (1, "ratings_not_recorded")
    after = get_definition("SATISFACTION_ASKED", on=date(2026, 11, 25) + timedelta(days=1))
    assert (after.version, after.no_data) == (2, "")
