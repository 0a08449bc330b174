"""Wrong guesses are counted a while and then forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.accounts.models import WrongGuesses
from onestop.accounts.operations import check_guesses, count_wrong_guess, forget_guesses
from onestop.accounts.rules import GuessLimit
from onestop.errors import TooOften

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LIMIT = GuessLimit("test", most=3, within=timedelta(minutes=15))
MINUTES = st.integers(-60, 60).map(lambda minutes: timedelta(minutes=minutes))


@given(wrong=st.integers(0, 6), later=MINUTES)
def test_the_wait_ends_with_the_period_and_only_many_wait(wrong: int, later: timedelta) -> None:
    wait = LIMIT.wait(AT, wrong, AT + later)
    assert wait == (max(LIMIT.within - later, timedelta()) if wrong >= LIMIT.most else timedelta())


@pytest.mark.django_db
def test_the_third_wrong_guess_is_the_last_for_a_quarter_of_an_hour() -> None:
    for second in range(3):
        check_guesses(limit=LIMIT, subjects=["a", "b"], at=AT)
        count_wrong_guess(limit=LIMIT, subjects=["a", "b"], at=AT + timedelta(seconds=second))
    with pytest.raises(TooOften) as caught:
        check_guesses(limit=LIMIT, subjects=["b", "c"], at=AT + timedelta(minutes=5))
    assert (caught.value.seconds, caught.value.params["minutes"]) == (601, 11)
    check_guesses(limit=LIMIT, subjects=["c"], at=AT)
    later = AT + timedelta(minutes=15)
    check_guesses(limit=LIMIT, subjects=["a"], at=later)
    count_wrong_guess(limit=LIMIT, subjects=["a"], at=later)
    assert WrongGuesses.objects.get(subject="a").wrong == 1
    assert forget_guesses(before=later) == 1
