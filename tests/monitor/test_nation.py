"""A nation made up, received, and looked at."""

from datetime import date, datetime

import pytest

from onestop.demo.stage import moment
from onestop.errors import NotFound, Refused
from onestop.indicators.queries.schemes import OBSERVED, get_scheme
from onestop.indicators.rules.scorecard import read_counts, score_groups
from onestop.monitor.models import MemberFigure, Submission
from onestop.monitor.operations.simulating import Simulated, simulate_nation
from onestop.monitor.queries.members import list_members
from onestop.monitor.queries.nation import list_codes, list_days, survey_nation
from onestop.monitor.queries.reference import published_counts, published_points, tile_places
from onestop.monitor.queries.submissions import list_missing
from onestop.monitor.rules.faults import due_at
from onestop.monitor.rules.members import Counts, MemberClass, members_on
from onestop.monitor.rules.suppressing import find_hidden, is_small
from tests.world import World

UNTIL = date(2025, 8, 31)


@pytest.fixture
def nation(world: World) -> Simulated:
    return simulate_nation(until=UNTIL, years=1, seed=3, at=moment("2025-09-02 08:00"))


def test_the_whole_nation_is_ranked_on_the_map_of_the_day(nation: Simulated) -> None:
    found = survey_nation(code="FULL_PROCESS", kind=MemberClass.PROVINCE)
    assert (found.day, len(found.days), len(found.places), found.is_simulated) == (UNTIL, 12, 34, True)
    ranks = [place.ranked.rank for place in found.places if place.ranked.rank]
    assert ranks == sorted(ranks)
    assert len(ranks) + len(found.missing) >= 34
    assert {place.member.code for place in found.places if place.ranked.rank is None} <= {m.code for m in found.missing}
    assert found.goal is not None
    assert (found.goal.percent, found.goal.year) == (70, 2025)
    assert found.reached == sum(1 for p in found.places if p.ranked.share is not None and p.ranked.share >= 0.7)
    assert all(share is not None for share in found.history)
    rose, fell = found.movers
    assert all(place.change > 0 for place in rose)  # type: ignore[operator]  # known for movers
    assert all(place.change < 0 for place in fell)  # type: ignore[operator]  # known for movers


def test_before_the_merger_63_are_ranked_and_ministries_apart(nation: Simulated) -> None:
    june = survey_nation(code="FULL_PROCESS", kind=MemberClass.PROVINCE, day=date(2025, 6, 30))
    assert len(june.places) == 63
    ministries = survey_nation(code="FULL_PROCESS", kind=MemberClass.MINISTRY)
    assert {place.member.kind for place in ministries.places} == {MemberClass.MINISTRY}
    assert ministries.goal is not None
    assert ministries.goal.percent == 85
    assert list_days()[0] == UNTIL
    assert "ON_TIME_BY_LAW" in list_codes()
    with pytest.raises(NotFound):
        survey_nation(code="NOTHING", kind=MemberClass.PROVINCE)


def test_a_successor_s_history_is_the_sum_of_its_predecessors(nation: Simulated) -> None:
    today = survey_nation(code="ON_TIME_BY_LAW", kind=MemberClass.PROVINCE)
    phu_tho = next(place for place in today.places if place.member.code == "H44")
    number = today.days.index(date(2025, 6, 30))
    then = survey_nation(code="ON_TIME_BY_LAW", kind=MemberClass.PROVINCE, day=date(2025, 6, 30))
    parts = [p.ranked.counts for p in then.places if p.member.code in {"H44", "H62", "H28"}]
    assert len(parts) == 3
    assert phu_tho.history[number] == sum(parts, Counts()).share
    assert then.history[-1] == today.history[number]  # the nation's own figure is the same on both maps


def test_a_sum_that_lacks_a_part_is_no_number(nation: Simulated) -> None:
    """In June one of the three that became Phú Thọ had sent nothing: the share of the others is not that of all."""
    june = date(2025, 6, 30)
    assert Submission.objects.filter(member="H28", day=june).delete()[0] > 0
    today = survey_nation(code="ON_TIME_BY_LAW", kind=MemberClass.PROVINCE)
    phu_tho = next(place for place in today.places if place.member.code == "H44")
    assert phu_tho.history[today.days.index(june)] is None
    assert phu_tho.history[-1] is not None
    assert today.history[today.days.index(june)] is not None


def test_changes_are_told_against_the_last_month_however_often_reports_come(nation: Simulated) -> None:
    newest = MemberFigure.objects.filter(day=UNTIL, member="H49")
    for figure in newest:
        figure.pk, figure.day = None, date(2025, 8, 30)
        figure.save()
    found = survey_nation(code="ON_TIME_BY_LAW", kind=MemberClass.PROVINCE)
    assert (found.day, found.day_before, len(found.days)) == (UNTIL, date(2025, 7, 31), 12)
    assert survey_nation(code="ON_TIME_BY_LAW", kind=MemberClass.PROVINCE, day=date(2025, 8, 30)).heard == 1


def test_each_planted_fault_is_found_at_the_door_and_nothing_else_is_refused(nation: Simulated) -> None:
    refused = Submission.objects.filter(is_counted=False)
    planted = {member: fault for member, fault in nation.planted.items() if fault != "silent"}
    found = {row.member: {code for code, _ in row.faults} - {"late"} for row in refused}
    assert {member: fault for member, fault in planted.items() if found.pop(member) >= {fault}} == planted
    assert found == {}
    assert (len(planted), len(nation.planted)) == (7, 8)
    missing = set(list_missing(UNTIL, moment("2025-12-01 08:00")))
    assert missing >= {member for member, fault in nation.planted.items() if fault != "doubled"}
    assert Submission.objects.count() == nation.aggregates  # one sent twice, one did not
    assert Submission.objects.filter(is_simulated=False).count() == 0
    with pytest.raises(Refused):
        simulate_nation(until=UNTIL, years=1, seed=3, at=moment("2025-09-02 09:00"))


def test_points_published_and_points_recomputed_agree() -> None:
    published = published_points()
    assert len(published) == 33
    assert "H26" not in published
    for code, raw in published_counts().items():
        groups = score_groups(get_scheme(OBSERVED), read_counts(raw), is_commune=False)
        for group in groups:
            shown = published[code].get(group.code)
            if shown is not None and not group.unresolved_points:
                assert float(group.points) == pytest.approx(shown, abs=0.0105 * len(group.scores))


def test_every_province_has_its_tile() -> None:
    provinces = {m.code for m in members_on(list_members(), UNTIL) if m.kind is MemberClass.PROVINCE}
    assert set(tile_places()) == provinces
    assert len(set(tile_places().values())) == 34


def test_one_small_cell_takes_another_with_it() -> None:
    large, small = Counts(50, 100, 100), Counts(3, 100, 100)
    assert is_small(small)
    assert is_small(Counts(98, 100, 100))
    assert not is_small(large)
    assert not is_small(Counts(0, 0, 0))
    assert find_hidden({"A": large, "B": small, "C": Counts(20, 60, 60)}) == {"B", "C"}
    assert find_hidden({"A": small, "B": small, "C": large}) == {"A", "B"}
    assert find_hidden({"A": large}) == frozenset()


def test_late_is_late(nation: Simulated) -> None:
    late = [row for row in Submission.objects.filter(is_counted=True) if row.faults]
    assert late
    assert all(row.received_at > due_at(row.day) for row in late)  # type: ignore[arg-type]  # what counts has a day
    assert isinstance(late[0].received_at, datetime)


def test_a_month_behind_which_few_stand_is_not_told_later_either(nation: Simulated) -> None:
    june = date(2025, 6, 30)
    MemberFigure.objects.filter(member="H49", day=june, code="FULL_PROCESS").update(
        population=9, denominator=9, numerator=3
    )
    found = survey_nation(code="FULL_PROCESS", kind=MemberClass.PROVINCE)
    ours = next(place for place in found.places if place.member.code == "H49")
    assert ours.history[found.days.index(june)] is None
    assert ours.history[-1] is not None
