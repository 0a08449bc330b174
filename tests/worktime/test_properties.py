"""What must hold for every moment, every limit, every span."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onestop.worktime import rules
from onestop.worktime.queries import get_packaged_calendar
from onestop.worktime.rules import LOCAL_ZONE, ClockEvent, ClockEventKind, TimeLimit, TimeUnit, run_clock
from tests.worktime import reference

CAL = get_packaged_calendar()
ALL_MOMENTS = st.datetimes(datetime(2021, 1, 4), datetime(2029, 6, 1), timezones=st.just(LOCAL_ZONE))
EDGES = st.builds(
    lambda day, minute: datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE) + timedelta(minutes=minute),
    st.dates(date(2023, 1, 2), date(2027, 12, 31)),
    st.sampled_from([0, 419, 420, 421, 689, 690, 691, 809, 810, 811, 899, 900, 901, 1019, 1020, 1021, 1439]),
)
MOMENTS = ALL_MOMENTS | EDGES
NEAR = st.builds(  # around the days that other systems get wrong
    lambda day, shift, minute: (
        datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE) + timedelta(days=shift, minutes=minute)
    ),
    st.sampled_from(sorted(reference.OFF | reference.WORK)[30:-40]),
    st.integers(-4, 1),
    st.integers(0, 1439),
)
LIMITS = st.one_of(
    st.builds(TimeLimit, st.integers(1, 200), st.just(TimeUnit.WORKING_HOUR)),
    st.builds(TimeLimit, st.integers(1, 120).map(lambda n: n / 2), st.just(TimeUnit.WORKING_DAY)),
    st.builds(TimeLimit, st.integers(1, 120), st.just(TimeUnit.DAY)),
    st.builds(TimeLimit, st.integers(1, 12), st.just(TimeUnit.MONTH)),
    st.just(TimeLimit.same_day()),
)
MINUTES = st.integers(1, 20_000)


@given(MOMENTS, MOMENTS)
def test_position_is_monotone(a: datetime, b: datetime) -> None:
    first, second = sorted((a, b))
    assert CAL.position(first) <= CAL.position(second)


@given(MOMENTS, MOMENTS, LIMITS)
def test_due_is_monotone_in_the_start(a: datetime, b: datetime, limit: TimeLimit) -> None:
    first, second = sorted((a, b))
    assert rules.due(CAL, first, limit) <= rules.due(CAL, second, limit)


@given(MOMENTS | NEAR, MOMENTS | NEAR, LIMITS)
def test_promise_is_monotone_in_the_reception(a: datetime, b: datetime, limit: TimeLimit) -> None:
    first, second = sorted((a, b))
    assert rules.promise(CAL, first, limit).due_at <= rules.promise(CAL, second, limit).due_at


@given(MOMENTS, st.sampled_from([TimeUnit.WORKING_DAY, TimeUnit.DAY]), st.integers(1, 80), st.integers(1, 80))
def test_due_is_monotone_in_the_limit(start: datetime, unit: TimeUnit, a: int, b: int) -> None:
    less, more = sorted((a, b))
    assert rules.due(CAL, start, TimeLimit(less / 2, unit)) <= rules.due(CAL, start, TimeLimit(more / 2, unit))


@given(MOMENTS | NEAR, LIMITS)
def test_due_lies_in_office_time_and_after_the_start(received: datetime, limit: TimeLimit) -> None:
    found = rules.promise(CAL, received, limit)
    assert CAL.is_office_time(found.clock_from)
    assert CAL.is_office_time(found.due_at)
    assert received.replace(second=0, microsecond=0) <= found.clock_from < found.due_at


@given(MOMENTS, MINUTES, MINUTES)
def test_adding_is_additive(moment: datetime, a: int, b: int) -> None:
    in_steps = rules.add_working_minutes(CAL, rules.add_working_minutes(CAL, moment, a), b)
    assert in_steps == rules.add_working_minutes(CAL, moment, a + b)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_spans_add_up(a: datetime, b: datetime, c: datetime) -> None:
    span = rules.working_minutes_between
    assert span(CAL, a, b) + span(CAL, b, c) == span(CAL, a, c)


@given(MOMENTS, st.integers(-20_000, 20_000))
def test_what_is_added_is_what_lies_between(moment: datetime, minutes: int) -> None:
    moved = rules.add_working_minutes(CAL, moment + timedelta(days=60), minutes)
    assert rules.working_minutes_between(CAL, moment + timedelta(days=60), moved) == minutes
    assert CAL.is_office_time(moved)


@given(MOMENTS, st.integers(1, 400))
def test_elapsed_until_due_is_the_limit_in_hours(received: datetime, hours: int) -> None:
    start = rules.start_of_clock(CAL, received)
    end = rules.due(CAL, start, TimeLimit(hours, TimeUnit.WORKING_HOUR))
    assert rules.elapsed(CAL, start, end) == hours * 60


@given(MOMENTS, st.integers(1, 100))
def test_elapsed_until_due_is_the_limit_in_days_and_the_rest_of_the_last_day(received: datetime, days: int) -> None:
    start = rules.start_of_clock(CAL, received)
    end = rules.due(CAL, start, TimeLimit(days, TimeUnit.WORKING_DAY))
    assert 0 <= rules.elapsed(CAL, start, end) - days * 480 < 480
    if start.hour == 7 and start.minute == 0:
        assert rules.elapsed(CAL, start, end) == days * 480


@given(MOMENTS, LIMITS, st.lists(st.integers(1, 3000), min_size=2, max_size=6))
def test_suspend_and_resume_add_exactly_the_working_time_between(
    received: datetime, limit: TimeLimit, gaps: list[int]
) -> None:
    before = run_clock(CAL, limit, [ClockEvent(ClockEventKind.START, received)])
    at, events, stood = received, [ClockEvent(ClockEventKind.START, received)], 0
    for run, stand in zip(gaps[::2], gaps[1::2], strict=False):
        begins = at + timedelta(minutes=run)
        at = begins + timedelta(minutes=stand)
        stood += rules.working_minutes_between(CAL, begins, at)
        events += [ClockEvent(ClockEventKind.SUSPEND, begins, "a law"), ClockEvent(ClockEventKind.RESUME, at)]
    after = run_clock(CAL, limit, events)
    assert before.dates
    assert after.dates
    for old, new in ((before.dates.legal, after.dates.legal), (before.dates.indicator, after.dates.indicator)):
        assert rules.working_minutes_between(CAL, old, new) == stood
        assert CAL.is_office_time(new)


@given(MOMENTS, LIMITS, st.integers(1, 9000), st.integers(1, 9000))
def test_after_a_supplement_the_law_gives_the_whole_time_and_the_indicator_what_was_left(
    received: datetime, limit: TimeLimit, ran: int, waited: int
) -> None:
    asked = received + timedelta(minutes=ran)
    answered = asked + timedelta(minutes=waited)
    events = [
        ClockEvent(ClockEventKind.START, received),
        ClockEvent(ClockEventKind.ASK_SUPPLEMENT, asked),
        ClockEvent(ClockEventKind.ANSWER_SUPPLEMENT, answered),
    ]
    first = run_clock(CAL, limit, events[:1]).dates
    both = run_clock(CAL, limit, events).dates
    assert first
    assert both
    assert both.legal == rules.promise(CAL, answered, limit).due_at
    assert first.indicator <= both.indicator
    assert both.legal >= first.legal


@given(MOMENTS, LIMITS, st.integers(1, 9000), st.integers(1, 9000), st.booleans(), st.integers(1, 9000))
def test_a_case_is_answered_as_its_events_would_be(
    received: datetime, limit: TimeLimit, ran: int, stood: int, is_supplement: bool, more: int
) -> None:
    begins = received + timedelta(minutes=ran)
    ends = begins + timedelta(minutes=stood)
    second = (ends + timedelta(minutes=more), ends + timedelta(minutes=2 * more))
    stop, go = (
        (ClockEventKind.ASK_SUPPLEMENT, ClockEventKind.ANSWER_SUPPLEMENT)
        if is_supplement
        else (ClockEventKind.SUSPEND, ClockEventKind.RESUME)
    )
    events = [
        ClockEvent(ClockEventKind.START, received),
        ClockEvent(stop, begins, "a law"),
        ClockEvent(go, ends),
        ClockEvent(ClockEventKind.SUSPEND, second[0], "a law"),
        ClockEvent(ClockEventKind.RESUME, second[1]),
    ]
    case = rules.Case(received, limit, (second, (begins, ends)), ends if is_supplement else None)
    state = run_clock(CAL, limit, events)
    found = rules.answer_case(CAL, case)
    assert found.dates == state.dates
    assert found.clock_from == state.clock_from


# -- against the slow way -------------------------------------------------------------------------

SHORT = st.integers(1, 30 * 24 * 60)


@given(NEAR | MOMENTS, SHORT)
def test_spans_agree_with_counting_minutes(moment: datetime, later: int) -> None:
    end = moment + timedelta(minutes=later)
    assert rules.working_minutes_between(CAL, moment, end) == reference.minutes_between(moment, end)


@given(NEAR | MOMENTS, st.integers(1, 12_000))
def test_adding_agrees_with_counting_minutes(moment: datetime, minutes: int) -> None:
    assert rules.add_working_minutes(CAL, moment, minutes) == reference.add_minutes(moment, minutes)


@given(NEAR | MOMENTS)
def test_start_agrees(moment: datetime) -> None:
    assert rules.start_of_clock(CAL, moment) == reference.start(moment)


@given(NEAR | MOMENTS, st.integers(1, 60))
def test_working_days_agree_with_counting_days(moment: datetime, days: int) -> None:
    found = rules.due(CAL, moment, TimeLimit(days, TimeUnit.WORKING_DAY))
    assert found == reference.due_in_working_days(moment, days)


@given(NEAR | MOMENTS, st.integers(1, 120), st.integers(1, 24))
def test_days_and_months_agree_with_counting_days(moment: datetime, days: int, months: int) -> None:
    assert rules.due(CAL, moment, TimeLimit(days, TimeUnit.DAY)) == reference.due_in_days(moment, days)
    if moment.year < 2029:
        found = rules.due(CAL, moment, TimeLimit(months, TimeUnit.MONTH))
        assert found == reference.due_in_months(moment, months)


@given(st.dates(date(2023, 1, 1), date(2029, 12, 1)), st.integers(1, 30))
def test_the_day_so_many_working_days_before(on: date, count: int) -> None:
    day, left = on, count
    while left:
        day -= timedelta(days=1)
        left -= reference.is_worked_day(day)
    assert rules.working_day_before(CAL, on, count) == day
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=LOCAL_ZONE)
    before = datetime(day.year, day.month, day.day, 12, tzinfo=LOCAL_ZONE)
    assert rules.working_days_between(CAL, before, noon) == count - 1 + reference.is_worked_day(on)
