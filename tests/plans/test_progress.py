"""Progress over what really happened: the figures are those of the indicators, months add up to the year."""

from datetime import UTC
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.demo.plan import make_plan
from onestop.demo.province import stage
from onestop.demo.stage import moment
from onestop.indicators.queries.figures import list_figures, take_survey
from onestop.indicators.queries.surveys import find_surveys
from onestop.indicators.rules.outlook import Standing
from onestop.plans.queries.plans import get_plan
from onestop.plans.queries.progress import Progress, _Asking, _less, _months, take_progress
from onestop.plans.rules.targets import Base

AS_OF = moment("2026-11-20 10:00")
CODES = ["FULL_PROCESS", "ON_TIME_BY_LAW", "WHOLLY_ONLINE"]


@pytest.fixture
def progress(played: dict[str, str]) -> Progress:
    """The demo's year, judged on a day of November."""
    make_plan(stage(), AS_OF)
    return take_progress(get_plan(2026), as_of=AS_OF)


def test_the_figures_are_those_of_the_indicators(progress: Progress) -> None:
    survey = take_survey(as_of=AS_OF, period_from=moment("2026-01-01 00:00"))
    for unit in ("H49", "H49.26"):
        found = progress.find(unit)
        assert found is not None
        shown = {line.indicator: line.figure.counts for line in found.lines if line.figure}
        counted = {figure.definition.code: figure.counts for figure in list_figures(survey, unit=unit)}
        assert shown == {code: counted[code] for code in shown}
        assert len(shown) == 4


def test_months_add_up_to_the_year(progress: Progress) -> None:
    """From June on by month, and what lies before and after: nothing is lost, nothing counted twice."""
    ask = _Asking(progress.plan, AS_OF.astimezone(UTC), partial(find_surveys, now=AS_OF, patiently=True))
    months = _months(ask, CODES)
    assert [begin.month for begin, _, _ in months] == [5, 6, 7, 8, 9, 10]
    for code in ("FULL_PROCESS", "WHOLLY_ONLINE"):
        since, until = (
            next(
                figure
                for figure in list_figures(
                    take_survey(as_of=AS_OF, period_from=moment(begin), codes=[code]), unit="H49"
                )
            )
            for begin in ("2026-05-01 00:00", "2026-11-01 00:00")
        )
        added = sum((counted["H49", code] for _, _, counted in months), Base(0, 0))
        assert added.denominator == since.denominator - until.denominator
        assert added.numerator == since.numerator - until.numerator


def test_every_unit_is_there_and_those_without_dossiers_have_no_data(progress: Progress) -> None:
    assert len(progress.units) == 71
    idle = [unit for unit in progress.units if unit.whole.attained is None]
    assert len(idle) > 50
    assert {line.judgement.standing for unit in idle for line in unit.lines} == {Standing.NO_DATA}
    assert {unit.whole.standing for unit in idle} == {Standing.NO_DATA}


def test_a_moment_after_the_year_is_judged_by_its_end(progress: Progress) -> None:
    later = take_progress(progress.plan, as_of=moment("2027-03-01 08:00"))
    assert later.as_of.astimezone(AS_OF.tzinfo).year == 2026
    assert all(
        line.judgement.missed_on is None or line.judgement.missed_on.year == 2026
        for u in later.units
        for line in u.lines
    )


PARTS = st.builds(Base, st.integers(0, 50), st.integers(0, 50))


@given(PARTS, PARTS)
def test_a_month_is_two_numbers_of_a_share_or_unknown(one: Base, other: Base) -> None:
    month = _less(one, other)
    assert 0 <= month.numerator <= month.denominator
