"""Trends, spreads, reports, quality, counters and scorecards over journals small enough to count by hand."""

from fractions import Fraction

import pytest

from onestop.dossiers.models import Dossier, DossierPart
from onestop.facts.queries.durations import count_durations
from onestop.facts.rules.durations import BOUNDS
from onestop.indicators.operations.cube import rebuild_cube
from onestop.indicators.queries.definitions import all_definitions, rule_words
from onestop.indicators.queries.figures import list_figures, take_survey
from onestop.indicators.queries.quality import find_quality
from onestop.indicators.queries.reconciliation import reconcile
from onestop.indicators.queries.reports import make_settlement_report
from onestop.indicators.queries.scorecards import make_card
from onestop.indicators.queries.trends import find_paces, judge_figures, list_months, list_trend, list_weeks
from onestop.indicators.queries.units import EVERYTHING, unit_filter
from tests.facts.dossiers import make_rows, make_version
from tests.facts.journals import accept, hours, life, sealed, write

AT, SINCE = hours(60), hours(-1)
DAY = 24


@pytest.fixture
def units(province: dict[str, int]) -> dict[str, int]:
    """Six dossiers: early, on the day, late, pending in time, pending late, carried over from before the period."""
    lives = [
        life(1, accept(1, 30), *sealed(5)),
        life(2, accept(1, 30), *sealed(29.5)),
        life(3, accept(1, 30), *sealed(50), channel=1),
        life(4, accept(1, 90), channel=3),
        life(5, accept(1, 30)),
        life(6, accept(-20, 90), filed=-21),
    ]
    write(deed for lived in lives for deed in lived)
    make_rows(lives, province, make_version())
    return province


def test_bieu_06_adds_up(units: dict[str, int]) -> None:
    report = make_settlement_report(unit="H49", as_of=AT, period_from=SINCE)
    numbers = dict(zip([column.code for column in report.columns], report.total, strict=True))
    assert numbers == {
        "B06_RECEIVED": 6, "B06_RECEIVED_ONLINE": 3, "B06_RECEIVED_DIRECT": 2, "B06_CARRIED_OVER": 1,
        "B06_SETTLED": 3, "B06_SETTLED_EARLY": 1, "B06_SETTLED_ON_TIME": 1, "B06_SETTLED_LATE": 1,
        "B06_PENDING": 3, "B06_PENDING_IN_TIME": 2, "B06_PENDING_LATE": 1,
    }  # fmt: skip
    assert [row.names["vi"] for row in report.rows] == ["Hộ tịch"]
    nothing = make_settlement_report(unit="H49.31", as_of=AT, period_from=SINCE)
    assert (nothing.rows, set(nothing.total)) == ((), {0})


def test_the_spread_names_times_that_some_dossier_took(units: dict[str, int]) -> None:
    durations = count_durations(as_of=AT, period_from=SINCE)
    found = durations.spread(EVERYTHING)
    assert (found.count, found.lower, found.median, found.slowest_tenth) == (3, 4, 29, 49), "begun hours"
    assert found.mean_minutes == (4 * 60 + 28.5 * 60 + 49 * 60) / 3
    assert dict(zip((*BOUNDS, None), found.classes, strict=True)) == {
        1: 1, 2: 1, 3: 1, 5: 0, 10: 0, 20: 0, 30: 0, None: 0,
    }  # fmt: skip
    assert durations.spread(unit_filter("H49.31", on=AT.date())).median is None


def test_a_trend_counts_each_month_by_itself(units: dict[str, int]) -> None:
    write(deed for n in (20, 21) for deed in life(n, accept(DAY * 40 + 1, DAY * 50), filed=DAY * 40))
    at = hours(DAY * 45)
    points = list_trend(["ONLINE_BY_CHANNEL"], unit="H49", at=at, count=3)["ONLINE_BY_CHANNEL"]
    assert [point.figure.denominator for point in points if point.figure] == [0, 6, 2]
    assert [(begin.month, begin.day) for begin, _ in list_months(at, 3)] == [(1, 1), (2, 1), (3, 1)]
    assert points[0].end < points[1].begin


def test_a_merged_unit_keeps_its_series(units: dict[str, int]) -> None:
    """H49.07 went into H49.30 in July 2025: its dossiers of that spring are drawn on the map of today."""
    long_ago = -DAY * 300
    write(life(30, accept(long_ago + 1, long_ago + 60), filed=long_ago, agency="H49.07", desk="H49.07.01"))
    (figure,) = [
        point.figure
        for point in list_trend(["ONLINE_BY_CHANNEL"], unit="H49.30", at=hours(0), count=14)["ONLINE_BY_CHANNEL"]
        if point.figure and point.figure.denominator and point.begin.year == 2025
    ]
    assert (figure.unit, figure.denominator) == ("H49.30", 1)


def test_an_outlook_needs_a_goal_and_something_to_go_by(units: dict[str, int]) -> None:
    figures = list_figures(take_survey(as_of=AT, period_from=SINCE), unit="H49")
    goals = {"FULL_PROCESS": Fraction(7, 10)}
    assert judge_figures(figures, goals={}, unit="H49", at=AT) == {}
    assert judge_figures(figures, goals=goals, unit="H49", at=AT)["FULL_PROCESS"].outlook is None
    write(deed for n in range(40, 60) for deed in life(n, accept(1, 40), channel=1))
    figures = list_figures(take_survey(as_of=AT, period_from=SINCE), unit="H49")
    found = judge_figures(figures, goals=goals, unit="H49", at=AT)["FULL_PROCESS"].outlook
    assert found
    assert (found.falls, found.crosses_on, found.ends_on.isoformat()) == (False, None, "2026-12-31")


def test_the_pace_is_what_came_to_count_and_not_what_is_pending_anyway(units: dict[str, int]) -> None:
    """Three settled, one of them late; three pending count in every period, so they are no pace."""
    pace = find_paces(["ON_TIME_BY_LAW"], unit="H49", at=AT)["ON_TIME_BY_LAW"]
    assert (pace.numerator, pace.denominator, pace.days) == (2, 3, 31 + 31 + 3)


def test_weeks_are_differences_of_kept_days(units: dict[str, int]) -> None:
    at = hours(DAY * 7)
    weeks = list_weeks(["ONLINE_BY_CHANNEL", "ON_TIME_BY_LAW"], unit="H49", at=at)
    assert weeks
    now, before = weeks["ONLINE_BY_CHANNEL"]
    assert (before.denominator, now.denominator) == (1, 5)
    assert weeks["ON_TIME_BY_LAW"][0].denominator == 5, "what is pending counts once, when it comes"


def test_doubts_about_the_data_are_counted(units: dict[str, int]) -> None:
    write(life(50, *sealed(5), channel=None))
    found = find_quality(take_survey(as_of=AT, period_from=SINCE, scheme="quality"), unit="H49")
    counted = {figure.definition.code: figure.numerator for figure in found.doubts if figure.numerator}
    assert counted == {"NO_RECEPTION": 1, "NO_CHANNEL": 1}
    assert [(check.code, check.found, check.of) for check in found.checks] == [
        ("duplicate_applicant", 0, 5), ("empty_file", 0, 0), ("invalid_signature", 0, 0), ("broken_entry", None, None),
    ]  # fmt: skip
    assert not found.is_clean


def test_twins_and_empty_files_are_found(units: dict[str, int]) -> None:
    from onestop.applicants.models import Applicant

    first = Dossier.objects.get(pk=1)
    Applicant.objects.filter(pk=first.applicant_id).update(birth_date="1995-04-12")
    twin = Applicant.objects.create(
        kind="citizen", name="Lan", sort_key="lan", search_key="lan", birth_date="1995-04-12", registered_at=AT
    )
    Dossier.objects.filter(pk=2).update(applicant=twin)
    for size, outcome in ((0, "fails"), (5, "holds"), (7, "open")):
        DossierPart.objects.create(
            dossier=first, document="A", given="file", sha256="a" * 64, size=size, added_at=hours(0),
            signature={"outcome": outcome},
        )  # fmt: skip
    checks = find_quality(take_survey(as_of=AT, period_from=SINCE, scheme="quality")).checks
    assert [(check.found, check.of) for check in checks[:3]] == [(5, 5), (1, 3), (1, 3)]


@pytest.mark.parametrize("language", ["vi", "en", "ur"])
def test_every_doubt_and_every_sign_says_what_to_do(language: str) -> None:
    asked = [item for item in all_definitions() if item.scheme in {"quality", "alarms"} and not item.no_data]
    assert len(asked) > 14
    assert [item.code for item in asked if len(item.worded(language).remedy) < 20] == []
    words = rule_words()
    assert set(words["check"]) == set(words["check_remedy"])
    assert all(words["check_remedy"][code][language] for code in words["check"])


def test_places_that_keep_the_same_are_held_together(units: dict[str, int]) -> None:
    assert {(item.code, item.right): item.agrees for item in reconcile(as_of=AT)} == {
        ("dossiers", "projection"): True, ("dossiers", "facts"): True, ("entries", "projection"): True,
        ("register_entries", "projection"): True, ("accepted", "facts"): False, ("finished", "facts"): False,
    }, "the rows of this test say nothing of acceptance and end"  # fmt: skip
    write(life(99))
    dossiers = [item for item in reconcile(as_of=AT) if item.code == "dossiers"]
    assert [(item.left_count, item.right_count) for item in dossiers] == [(7, 6), (7, 7)]


def test_the_kept_cube_is_held_against_the_facts(units: dict[str, int]) -> None:
    assert rebuild_cube(at=AT)
    (cube,) = [item for item in reconcile(as_of=AT) if item.right == "cube"]
    assert (cube.left_count, cube.right_count) == (6, 6)


def test_a_scorecard_gives_points_for_what_is_counted_only(units: dict[str, int]) -> None:
    scheme = "766-portal-2026-observed"
    survey = take_survey(as_of=AT, period_from=SINCE, scheme=scheme)
    card = make_card(survey, scheme=scheme, unit="H49")
    points = {item.score.code: item.score for _, _, criteria in card.groups for item in criteria}
    assert str(points["ON_TIME"].points) == "13.33"
    assert (points["ONLINE_FULL_DOSSIER"].points, points["ONLINE_FULL_DOSSIER"].flag) == (None, "unresolved")
    assert (points["PAY_DOSSIER"].points, points["PAY_DOSSIER"].flag) == (None, "counts_missing")
    assert card.points + card.unresolved_points < card.max_points == 100
    commune = make_card(survey, scheme=scheme, unit="H49.30")
    marked = {item.score.code: item.score.flag for _, _, criteria in commune.groups for item in criteria}
    assert marked["CITIZEN_DATA_CONNECTED_DOSSIER"] == "not_applicable_full_points"
