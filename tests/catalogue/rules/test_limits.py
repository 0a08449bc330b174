"""Several time limits in one record: which one holds, and why."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.catalogue.queries import read_data
from onestop.catalogue.rules.content import TimeLimitCase
from onestop.catalogue.rules.limits import CHANNEL_TABLE, CODED_CASE, choose_default
from onestop.catalogue.rules.reading_core import read_record
from onestop.worktime.rules import TimeLimit, TimeUnit

CONTENTS = {
    reading.code: reading.facts.content
    for reading in (read_record(0, record) for record in json.loads(read_data("procedures_core.json")))
}


@pytest.mark.parametrize(
    ("code", "limit", "reason"),
    [
        ("1.001193", "same day", "stated_for_every_case"),
        ("2.000635", "same day", "stated_for_every_case"),
        ("1.004873", "3 working days", "all_agree"),
        ("1.001612", "3 working days", "only_one"),
        ("1.013225", "10 working days", "longest_of_the_worded_cases"),
        ("1.013229", "10 working days", "stated_for_every_case"),
        ("1.013980", "20 working days", "longest_of_the_channel_rows"),
        ("1.010727", "30 days", "longest_of_the_worded_cases"),
        ("2.002481", "2.5 days", "only_one"),
        ("2.000488", "10 days", "stated_for_every_case"),
    ],
)
def test_the_limit_that_holds_by_default(code, limit, reason):
    content = CONTENTS[code]
    assert (str(content.default_limit.limit), content.default_reason) == (limit, reason)


def test_two_deadlines_in_one_record_are_both_kept_and_named():
    content = CONTENTS["1.013225"]
    assert {item.case: str(item.limit) for item in content.time_limits} == {
        "công trình": "10 working days",
        "nhà ở riêng lẻ": "7 working days",
        "1.013225.01": "20 days",
    }
    assert content.limit_for("nhà ở riêng lẻ").limit == TimeLimit(7, TimeUnit.WORKING_DAY)
    assert content.limit_for("").limit == TimeLimit(10, TimeUnit.WORKING_DAY)
    assert content.needs_curation


def test_no_stated_limit_is_no_limit():
    assert CONTENTS["2.001035"].default_limit is None
    assert CONTENTS["2.001035"].needs_curation


def test_one_day_less_online_is_no_limit_of_its_own():
    (less,) = [item for item in CONTENTS["2.000488"].time_limits if item.delta is not None]
    assert (less.limit, less.delta) == (None, -1)


LIMITS = st.builds(
    lambda quantity, unit, basis: TimeLimitCase("", None, unit.value, TimeLimit(quantity, unit), basis=basis),
    st.integers(1, 90),
    st.sampled_from([TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.MONTH, TimeUnit.WORKING_HOUR]),
    st.sampled_from([CODED_CASE, CHANNEL_TABLE, "text"]),
)


@given(st.lists(LIMITS, max_size=6))
def test_there_is_a_default_whenever_there_is_a_limit(limits):
    choice = choose_default(limits)
    assert (choice.place is None) == (not limits)
    assert choice.reason
