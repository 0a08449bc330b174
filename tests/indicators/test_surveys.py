"""Surveys from what is kept equal those counted from the journal; what is not kept is None unless one is patient."""

from datetime import timedelta

import pytest

from onestop.facts.rules.periods import month_of, month_start, year_start
from onestop.indicators.models import KeptBeside
from onestop.indicators.operations.beside import keep_beside
from onestop.indicators.operations.cube import rebuild_cube
from onestop.indicators.operations.moments import keep_portion
from onestop.indicators.queries import surveys
from onestop.indicators.queries.beside import find_beside
from onestop.indicators.queries.figures import Survey, list_figures, take_survey
from onestop.indicators.queries.surveys import find_surveys
from onestop.indicators.rules.moments import month_end
from tests.facts.journals import accept, hours, life, sealed, write

pytestmark = pytest.mark.django_db
AT = hours(24 * 40)
YEAR, MARCH, FEBRUARY = year_start(AT), month_start(month_of(AT)), month_end(month_of(AT) - 1)
ODD = hours(24 * 9)


@pytest.fixture
def _kept(province: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Some lives, everything kept; and a journal that counts as too large to read in passing."""
    write(deed for n in range(1, 12) for deed in life(n, accept(1, 40), *sealed(30 + n), filed=n))
    write(deed for n in range(20, 25) for deed in life(n, accept(1, 900), agency="H49.31", channel=1))
    rebuild_cube(at=AT)
    while keep_portion(at=AT, size=1000):
        pass
    keep_beside(at=AT, pause=timedelta())
    monkeypatch.setattr(surveys, "SMALL", 0)


def numbers(survey: Survey | None) -> dict[str, object]:
    """Return what a survey counts, by definition."""
    assert survey
    return {figure.definition.code: figure.counts for figure in list_figures(survey, unit="H49")}


@pytest.mark.usefixtures("_kept")
@pytest.mark.parametrize("scheme", ["province", "alarms", "766-portal-2026-observed", "one-stop-07b"])
def test_now_and_the_ends_of_months_equal_the_journal(scheme: str) -> None:
    now, *past = find_surveys([(YEAR, AT), (YEAR, FEBRUARY), (MARCH, FEBRUARY)], now=AT, scheme=scheme)
    assert numbers(now) == numbers(take_survey(as_of=AT, period_from=YEAR, scheme=scheme, known_at=AT))
    for survey, begin in zip(past, (YEAR, MARCH), strict=True):
        counted = numbers(take_survey(as_of=FEBRUARY, period_from=begin, scheme=scheme, known_at=AT))
        found = numbers(survey)
        assert found == {code: counts for code, counts in counted.items() if code in found}


@pytest.mark.usefixtures("_kept")
def test_what_is_not_kept_is_none_and_counted_only_for_who_is_patient() -> None:
    asked = [(YEAR, ODD), (ODD - timedelta(days=7), FEBRUARY), (hours(-24 * 700), FEBRUARY)]
    assert find_surveys(asked, now=AT) == [None, None, None]
    for survey, (begin, end) in zip(find_surveys(asked, now=AT, patiently=True), asked, strict=True):
        assert numbers(survey) == numbers(take_survey(as_of=end, period_from=begin))


@pytest.mark.usefixtures("_kept")
def test_a_cube_that_went_on_while_somebody_asked_is_good_enough_and_one_long_past_is_not() -> None:
    asked = AT - timedelta(milliseconds=300)
    (survey,) = find_surveys([(YEAR, asked)], now=asked)
    assert survey
    assert survey.as_of == AT
    assert find_surveys([(YEAR, asked)], now=AT + timedelta(minutes=1)) == [None]
    early = AT - timedelta(seconds=2)
    assert find_surveys([(YEAR, early)], now=early) == [None]


@pytest.mark.usefixtures("_kept")
def test_a_small_journal_is_counted_in_passing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveys, "SMALL", 1 << 30)
    (survey,) = find_surveys([(YEAR, ODD)], now=AT)
    assert numbers(survey) == numbers(take_survey(as_of=ODD, period_from=YEAR))


@pytest.mark.usefixtures("_kept")
def test_what_is_kept_beside_has_its_own_moment_and_is_made_anew_when_it_is_old_enough() -> None:
    assert not keep_beside(at=AT + timedelta(seconds=29), pause=timedelta(seconds=30))
    write(life(99, accept(1, 40)))
    kept = find_beside(YEAR)
    assert kept
    assert kept.as_of == AT
    assert keep_beside(at=AT + timedelta(seconds=30), pause=timedelta(seconds=30))
    again = find_beside(YEAR)
    assert again
    assert again.as_of == AT + timedelta(seconds=30)
    assert again.grouped.as_rows() != kept.grouped.as_rows()


@pytest.mark.usefixtures("_kept")
def test_of_other_definitions_and_other_years_nothing_is_shown() -> None:
    KeptBeside.objects.update(layout="before")
    assert find_beside(YEAR) is None
    assert keep_beside(at=AT, pause=timedelta(days=1)), "of another layout it is never fresh"
    next_year = AT + timedelta(days=365)
    assert keep_beside(at=next_year, pause=timedelta())
    assert find_beside(YEAR) is None
    assert KeptBeside.objects.count() == 1
