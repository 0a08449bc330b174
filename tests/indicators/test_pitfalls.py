"""The faults that others made, one test each, and the definitions that have to differ."""

from datetime import UTC, datetime

import pytest

from onestop.accounts.rules import Principal, Role
from onestop.errors import NotFound
from onestop.facts.rules.figures import Figure, as_document
from onestop.facts.rules.reference import Deed
from onestop.indicators.queries.figures import list_figures, list_rows, take_survey
from onestop.indicators.queries.units import check_may_see
from tests.facts.journals import accept, hours, life, sealed, write

pytestmark = pytest.mark.django_db
PAPER = [{"document": "A", "given": "paper", "sha256": ""}]
SCAN = ("digitise", 1, {"parts": [{"document": "A", "given": "scan", "sha256": "x"}]})
FILE = [{"document": "A", "given": "file", "sha256": "x"}]


def figures(at: float, *lives: list[Deed], unit: str = "", since: float = -1) -> dict[str, Figure]:
    """Write the lives and return the figures by code as of an hour."""
    write(deed for lived in lives for deed in lived)
    return ask(hours(at), unit=unit, since=hours(since))


def ask(at: datetime, *, unit: str = "", since: datetime) -> dict[str, Figure]:
    """Return the figures by code."""
    survey = take_survey(as_of=at, period_from=since)
    return {figure.definition.code: figure for figure in list_figures(survey, unit=unit)}


def pair(figure: Figure) -> tuple[int, int]:
    """Return numerator and denominator."""
    return figure.numerator, figure.denominator


def test_a_null_due_moment_is_not_in_time() -> None:
    found = figures(9, life(1, ("accept", 1, {})), life(2, ("accept", 1, {}), *sealed(5)))
    for code in ("ON_TIME_BY_APPOINTMENT", "ON_TIME_BY_LAW", "ON_TIME_INDICATOR"):
        assert pair(found[code]) == (0, 2)
        assert found[code].counts.flags["no_due_moment"] == 2
    assert pair(found["PENDING_LATE"]) == (1, 1)
    assert pair(found["SETTLED_LATE"]) == (1, 1)


def test_postal_and_unknown_channels_stay_in_the_denominator() -> None:
    found = figures(9, life(1), life(2, channel=3), life(3, channel=1), life(4, channel=None))
    assert pair(found["ONLINE_BY_CHANNEL"]) == (1, 4)
    assert found["ONLINE_BY_CHANNEL"].counts.flags["unknown_channel"] == 1


def test_filed_by_staff_is_online_but_not_by_own_hand() -> None:
    found = figures(9, life(1), life(2, filer="assisted"), life(3, filer="by_officer"), life(4, filer="representative"))
    assert pair(found["ONLINE_BY_CHANNEL"]) == (4, 4)
    assert pair(found["ONLINE_BY_OWN_HAND"]) == (2, 4)


def test_no_result_is_no_digitised_result() -> None:
    lived = [life(n, accept(1, 40), *sealed(5, electronic=n == 1), parts=FILE) for n in (1, 2)]
    found = figures(9, *lived)
    assert pair(found["ELECTRONIC_RESULTS"]) == (1, 2)
    assert pair(found["COMPONENTS_AND_RESULT_DIGITISED"]) == (1, 2)


def test_digitised_at_reception_and_with_the_result_differ_on_the_same_dossiers() -> None:
    scanned = life(1, SCAN, accept(2, 40), parts=PAPER, channel=1)
    late_scan = life(2, accept(0.5, 40), SCAN, parts=PAPER, channel=1)
    whole = life(3, SCAN, accept(2, 40), *sealed(5), parts=PAPER, channel=1)
    found = figures(9, scanned, late_scan, whole)
    reception, both = found["DIGITISED_AT_RECEPTION"], found["COMPONENTS_AND_RESULT_DIGITISED"]
    assert (pair(reception), pair(both)) == ((2, 3), (1, 3))
    assert reception.definition.beside == both.definition.code
    assert reception.counts.population == both.counts.population
    assert pair(found["PAPER_DIGITISED_AT_RECEPTION"]) == (2, 3)


def test_paused_late_differs_from_paused_in_time() -> None:
    in_time = life(1, accept(1, 20), ("request_supplement", 10, {"round": 1}))
    late = life(2, accept(1, 20), ("suspend", 30, {}))
    running = life(3, accept(1, 20))
    found = figures(50, in_time, late, running)
    assert pair(found["PAUSED_IN_TIME"]) == (1, 2)
    assert pair(found["PAUSED_LATE"]) == (1, 2)
    assert pair(found["PENDING_IN_TIME"]) == (1, 3)
    assert pair(found["PENDING_LATE"]) == (2, 3)


def test_carried_over_is_what_was_open_then_not_what_is_open_today() -> None:
    write(life(1, accept(1, 40), *sealed(60)) + life(2, accept(1, 40), *sealed(20)) + life(3, accept(55, 90), filed=52))
    for at in (hours(58), hours(200)):
        assert pair(ask(at, since=hours(50))["CARRIED_OVER"]) == (1, 2)


def test_the_past_computed_today_equals_the_past_computed_then() -> None:
    past = [deed for deed in life(1, accept(1, 9), *sealed(30)) + life(2, accept(1, 9)) if deed.at <= hours(12)]
    then = {code: pair(figure) for code, figure in figures(12, *[past]).items()}
    write(deed for deed in life(1, accept(1, 9), *sealed(30)) if deed.at > hours(12))
    now = {code: pair(figure) for code, figure in ask(hours(12), since=hours(-1)).items()}
    assert now == then
    assert pair(ask(hours(40), since=hours(-1))["SETTLED_LATE"]) == (1, 1)


def test_what_was_written_down_later_shows_as_a_doubt() -> None:
    lived = life(1, accept(1, 9))
    late = Deed(1, 3, "seal", hours(5), hours(50), {"electronic": True})
    found = figures(6, [*lived, late])
    assert pair(found["ELECTRONIC_RESULTS"]) == (1, 1)
    assert found["ELECTRONIC_RESULTS"].counts.flags["late_entries"] == 1


def test_three_ways_of_being_on_time_differ() -> None:
    reappointed = life(1, accept(1, 10), ("reappoint", 8, {"appointed_at": hours(30).isoformat()}), *sealed(20))
    answer = {"due_at": hours(60).isoformat(), "appointed_at": hours(60).isoformat()}
    answer["indicator_due_at"] = hours(30).isoformat()
    waited = life(
        2, accept(1, 10), ("request_supplement", 5, {}), ("answer_supplement", 25, answer),
        *sealed(50),
    )  # fmt: skip
    twice = life(
        3, accept(1, 10), ("request_supplement", 2, {}), ("answer_supplement", 3, {}), ("request_supplement", 4, {}),
        ("answer_supplement", 5, {}), *sealed(9),
    )  # fmt: skip
    found = figures(100, reappointed, waited, twice)
    assert pair(found["ON_TIME_BY_APPOINTMENT"]) == (3, 3)
    assert pair(found["ON_TIME_BY_LAW"]) == (2, 3)
    assert pair(found["ON_TIME_INDICATOR"]) == (0, 3)
    assert found["ON_TIME_INDICATOR"].counts.flags["second_supplement"] == 1


def test_the_end_is_when_it_was_processed_not_when_it_was_fetched() -> None:
    fetched_late = life(1, accept(1, 10), *sealed(9), ("return_result", 90, {"way": 0}))
    refused_late = life(2, accept(1, 10), ("refuse", 30, {"accepted": True}))
    found = figures(100, fetched_late, refused_late)
    assert pair(found["ON_TIME_BY_LAW"]) == (1, 2)
    assert pair(found["SETTLED_LATE"]) == (1, 2)
    assert pair(found["PENDING_LATE"]) == (0, 0)
    assert found["PENDING_LATE"].share is None


def test_settled_early_on_time_and_late_are_all_that_is_settled() -> None:
    found = figures(200, *(life(n, accept(1, 50), *sealed(at)) for n, at in enumerate((5, 49, 51, 90), 1)))
    parts = [pair(found[code]) for code in ("SETTLED_EARLY", "SETTLED_ON_TIME", "SETTLED_LATE")]
    assert parts == [(1, 4), (1, 4), (2, 4)]


def test_wholly_online_prints_its_funnel() -> None:
    ends = (accept(1, 40), *sealed(5))
    lives = (
        life(1, *ends), life(2, *ends, filer="assisted"), life(3, *ends, parts=PAPER), life(4, *ends, fee=True),
        life(5, *ends, fee=None), life(6, accept(1, 40), *sealed(5, electronic=False)),
        life(7, accept(1, 40), ("seal", 5, {"electronic": True})),
    )  # fmt: skip
    wholly = figures(9, *lives)["WHOLLY_ONLINE"]
    assert wholly.counts.steps == (6, 5, 4, 2, 1)
    assert pair(wholly) == (1, 7)
    assert wholly.counts.flags["unknown_fee"] == 1


def test_wholly_online_asks_for_the_payment_once_payments_are_on_record() -> None:
    ends = (accept(1, 40), *sealed(5))
    owed, exempt = ("charge", 0.2, {"amount_vnd": 8000}), ("charge", 0.2, {"amount_vnd": 0})
    online, cash = (("pay", 0.5, {"settles": True, "online": way}) for way in (True, False))
    part = ("pay", 0.5, {"settles": False, "online": True})
    lives = (
        life(1, *ends), life(2, owed, online, *ends, fee=True), life(3, owed, cash, *ends, fee=True),
        life(4, exempt, *ends, fee=True), life(5, *ends, fee=None), life(6, owed, online, *ends, fee=None),
        life(7, *ends, fee=True), life(8, owed, part, *ends, fee=True), life(9, owed, *ends, fee=False),
    )  # fmt: skip
    write(deed for lived in lives for deed in lived)
    later, since = datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    found = ask(later, since=since)
    assert found["WHOLLY_ONLINE"].definition.version == 2
    assert pair(found["WHOLLY_ONLINE"]) == (4, 9), "1, 2, 4 and 6"
    assert found["WHOLLY_ONLINE"].counts.flags == {
        "unknown_fee": 1, "no_fee_owed": 2, "fee_unpaid": 2, "late_entries": 0
    }  # fmt: skip
    assert pair(found["PAID_ONLINE_BY_DOSSIER"]) == (2, 6)
    assert found["PAID_ONLINE_BY_DOSSIER"].counts.flags["fee_not_stated"] == 1
    before = ask(datetime(2026, 11, 25, tzinfo=UTC), since=since)
    assert (before["WHOLLY_ONLINE"].definition.version, pair(before["WHOLLY_ONLINE"])) == (1, (2, 9))


def test_units_cover_their_subtree_and_those_who_went_into_them(province: dict[str, int]) -> None:
    write(
        life(1) + life(2, agency="H49.31", desk="H49.31.01") + life(3, agency="H49.08", desk="H49.99.01")
        + life(4, agency="H49.07", desk="H49.07.01")
    )  # fmt: skip
    survey = take_survey(as_of=hours(9), period_from=hours(-1), codes=["ONLINE_BY_CHANNEL"])
    counts = {
        unit: list_figures(survey, unit=unit)[0].denominator
        for unit in ("", "H49", "H49.30", "H49.31", "H49.08", "H49.08.01", "H49.99", "H49.30.01")
    }
    assert counts == {
        "": 4, "H49": 4, "H49.30": 2, "H49.31": 1, "H49.08": 1, "H49.08.01": 1, "H49.99": 1, "H49.30.01": 1,
    }  # fmt: skip
    rows = list_rows(survey, unit="H49")
    assert {row.unit: row.figures[0].denominator for row in rows} == {"H49.08": 1, "H49.30": 2, "H49.31": 1}


def test_a_principal_sees_figures_of_the_own_subtree(province: dict[str, int]) -> None:
    ids = frozenset({province["H49.08.01"]})
    head = Principal(1, "Hoa", frozenset({Role.SPECIALIST}), "officer:1", unit_id=province["H49.08.01"], unit_ids=ids)
    check_may_see("H49.08.01", head)
    check_may_see("H49.08", head)
    for unit in ("H49", "H49.30", "H49.00"):
        with pytest.raises(NotFound):
            check_may_see(unit, head)


def test_a_figure_says_all_that_is_needed_to_read_it() -> None:
    document = as_document(figures(9, life(1))["ONLINE_BY_CHANNEL"])
    for name in ("code", "version", "population", "numerator", "denominator", "as_of", "period_from", "legal", "flags"):
        assert name in document
    assert document["share"] == 1.0
    assert document["zero_rule"] == "unknown"
