"""A nation made up: always the same, plausible, and no series broken by the merger."""

from collections import defaultdict
from datetime import date

import pytest

from onestop.monitor.queries.members import list_members
from onestop.monitor.rules.comparing import measure
from onestop.monitor.rules.faults import Known, Last, due_at, find_faults
from onestop.monitor.rules.members import Counts, MemberClass, members_on, regroup
from onestop.monitor.rules.simulation import SHAPES, Sent, chance, month_ends, simulate

DAYS = month_ends(date(2026, 10, 31), 3)
MEMBERS = list_members()


@pytest.fixture(scope="module")
def nation() -> list[Sent]:
    return list(simulate(MEMBERS, DAYS, seed=7))


def by_day(nation: list[Sent], code: str) -> dict[date, dict[str, Counts]]:
    found: dict[date, dict[str, Counts]] = defaultdict(dict)
    for sent in nation:
        found[sent.aggregate.day][sent.aggregate.member] = sent.aggregate.by_code[code].counts
    return found


def test_the_last_days_of_36_months() -> None:
    assert (DAYS[0], DAYS[-1], len(DAYS)) == (date(2023, 11, 30), date(2026, 10, 31), 36)
    assert month_ends(date(2026, 11, 26), 1)[-1] == date(2026, 10, 31)
    assert date(2024, 2, 29) in DAYS


def test_the_same_seed_gives_the_same_nation_and_another_another(nation: list[Sent]) -> None:
    assert nation[:400] == list(simulate(MEMBERS, DAYS, seed=7))[:400]
    assert next(simulate(MEMBERS, DAYS, seed=8)).digest != nation[0].digest
    assert [chance(7, "a", 1), chance(7, "a", 1)] == [chance(7, "a", 1)] * 2 != [chance(7, "b", 1)] * 2


def test_every_aggregate_is_what_the_centre_takes(nation: list[Sent]) -> None:
    members = {member.code: member for member in MEMBERS}
    definitions = frozenset((shape.code, shape.version) for shape in SHAPES)
    last: dict[str, Last] = {}
    late = 0
    for sent in nation:
        said = sent.aggregate
        known = Known(members, definitions, last.get(said.member), "")
        assert find_faults(said, sent.digest, known, due_at(said.day)) == (), (said.member, said.day)
        last[said.member] = Last(sent.digest, said)
        late += sent.hours_late > 0
    assert 40 < late < 200


@pytest.mark.parametrize("code", [shape.code for shape in SHAPES])
def test_the_merger_breaks_no_series(nation: list[Sent], code: str) -> None:
    """On the map of today every province runs on: cumulative counts of 2025 never fall, June to July included."""
    found = by_day(nation, code)
    places = {member.code for member in members_on(MEMBERS, date(2025, 7, 1)) if member.kind is MemberClass.PROVINCE}
    assert len(places) == 34
    june, july = found[date(2025, 6, 30)], found[date(2025, 7, 31)]
    before = regroup(june, MEMBERS, date(2025, 7, 1))
    absent_then = {m.code for m in members_on(MEMBERS, date(2025, 6, 30))} - set(june)
    broken = {place for place, group in groups().items() if group & absent_then}
    for place in places - broken:
        if place in july:
            assert before[place].population < july[place].population
            assert before[place].denominator < july[place].denominator
            assert abs(before[place].share - july[place].share) < 0.1  # type: ignore[operator]  # both are known
    assert sum(before.values(), Counts()) == sum(june.values(), Counts())


def groups() -> dict[str, set[str]]:
    """Who stands for whom on the map of today."""
    from onestop.monitor.rules.members import stands_for

    found: dict[str, set[str]] = defaultdict(set)
    for code, place in stands_for(MEMBERS, date(2025, 7, 1)).items():
        found[place].add(code)
    return found


def test_members_differ_widely_and_rates_rise(nation: list[Sent]) -> None:
    found = by_day(nation, "FULL_PROCESS")
    first, last = measure(found[DAYS[1]]), measure(found[DAYS[-1]])
    assert first is not None
    assert last is not None
    assert last.nation > first.nation  # type: ignore[operator]
    assert last.spread > 0.4
    assert 0.05 < last.gini < 0.6  # type: ignore[operator]
    sizes = [counts.population for counts in found[date(2026, 10, 31)].values()]
    assert max(sizes) > 10 * min(sizes)
