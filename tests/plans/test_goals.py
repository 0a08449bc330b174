"""Targets that are no shares, from the draft to their figures: measured, told by hand, accepted by somebody else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from onestop.demo.papers import scan
from onestop.demo.plan import make_plan
from onestop.demo.province import stage
from onestop.demo.stage import moment
from onestop.documents.operations import keep_upload
from onestop.documents.rules import KeptFile
from onestop.errors import Invalid, NotFound, Refused
from onestop.facts.queries.durations import count_durations
from onestop.facts.queries.medians import list_medians
from onestop.facts.rules.tally import UnitFilter
from onestop.indicators.queries.figures import list_figures, take_survey
from onestop.indicators.queries.units import unit_filter
from onestop.indicators.rules.outlook import Standing
from onestop.plans.models import PlanLine
from onestop.plans.operations.cascading import cascade_target
from onestop.plans.operations.drafting import LineGiven, set_line
from onestop.plans.operations.importing import import_targets
from onestop.plans.operations.reports import accept_report, report_goal, send_report_back
from onestop.plans.operations.signing import amend_plan, sign_plan
from onestop.plans.queries.checks import list_checks
from onestop.plans.queries.goals import GoalProgress
from onestop.plans.queries.measures import all_measures
from onestop.plans.queries.plans import find_signature_fault, get_plan, get_version, list_lines
from onestop.plans.queries.progress import take_progress
from onestop.plans.queries.reference import list_indicators
from onestop.plans.rules.cascade import Spread
from onestop.plans.rules.kinds import Origin
from onestop.plans.rules.reports import Told
from onestop.plans.rules.rollup import roll_up
from tests.plans.conftest import YEAR, Office
from tests.world import World

NOW, LATER = moment("2026-01-05 09:00"), moment("2026-03-02 09:00")
BEGIN = moment("2026-01-01 00:00")
HEAD = "Đơn vị;Chỉ số;Chỉ tiêu;Văn bản\n"


def hand_down(office: Office, code: str, spread: Spread) -> Any:
    return cascade_target(year=YEAR, indicator=code, spread=spread, by=office.by("kiemsoat"), at=NOW)


def goal(unit: str, code: str, at: str = "2026-03-03 09:00") -> GoalProgress:
    found = take_progress(get_plan(YEAR), as_of=moment(at)).find(unit)
    assert found is not None
    return next(item for item in found.goals if item.measure.code == code)


def evidence() -> KeptFile:
    return keep_upload(name="bien-ban.pdf", data=scan("Biên bản", "UBND phường Hồng Gai"))


def told(value: str, on: date = date(2026, 3, 1)) -> Told:
    return Told(Decimal(value), on, has_evidence=True)


def test_every_measure_is_about_something_that_is_counted() -> None:
    known = {item.code for item in list_indicators(date(2026, 1, 1))}
    assert {item.kind.value for item in all_measures()} == {"count", "duration", "money", "done"}
    for measure in all_measures():
        assert measure.divided_by in known
        assert measure.indicator in known | {""}
        assert measure.code not in known


def test_a_count_is_divided_so_that_the_parts_sum_to_the_whole(office: Office) -> None:
    office.set("H49", "PROCEDURES_CUT", "1000")
    office.set(office.unit(), "PROCEDURES_CUT", "41")
    done = hand_down(office, "PROCEDURES_CUT", Spread.EQUAL)
    lines = list(list_lines(get_version(get_plan(YEAR), 1), indicator="PROCEDURES_CUT"))
    below = [line for line in lines if line.unit.code != "H49"]
    assert sum(line.target for line in below) == 1000
    assert {line.origin for line in below} == {Origin.DIVIDED, Origin.BY_HAND}
    assert (done.kept, done.given) == (1, len(below) - 1)
    assert list_checks(get_version(get_plan(YEAR), 1))[0].check.holds
    office.set(office.unit(), "PROCEDURES_CUT", "40")
    with pytest.raises(Refused) as caught:
        office.sign("2026-01-12 09:00")
    assert caught.value.reasons == ("plan.parts_miss_the_whole",)


def test_a_time_is_inherited_and_no_unit_may_have_a_longer_one(office: Office) -> None:
    office.set("H49", "MEDIAN_DAYS", "5")
    hand_down(office, "MEDIAN_DAYS", Spread.INHERIT)
    lines = list_lines(get_version(get_plan(YEAR), 1), indicator="MEDIAN_DAYS")
    assert {line.target for line in lines} == {Decimal(5)}
    with pytest.raises(Invalid) as caught:
        hand_down(office, "MEDIAN_DAYS", Spread.SCALE)
    assert [fault.code for fault in caught.value.faults] == ["plan.not_this_spread"]
    office.set(office.unit(), "MEDIAN_DAYS", "6")
    with pytest.raises(Refused, match=r"plan\.cannot_be_signed"):
        office.sign("2026-01-12 09:00")


def test_kind_and_direction_are_under_the_signature(office: Office) -> None:
    office.set("H49", "LATE_DOSSIERS", "500")
    office.sign("2026-01-12 09:00")
    version = get_version(get_plan(YEAR), 1)
    assert find_signature_fault(version) is None
    PlanLine.objects.filter(version=version).update(direction="at_least")
    assert find_signature_fault(version) == "altered"


def test_a_table_sets_every_kind_and_names_every_cell_that_is_none(office: Office) -> None:
    good = "H49;PROCEDURES_CUT;1.000;KH\nH49;MEDIAN_DAYS;4,5;KH\nH49;COMPLIANCE_COST_SAVED;1.500.000.000;KH\n"
    good += "H49;Trung tâm Phục vụ hành chính công hoạt động;có;KH\nH49;FULL_PROCESS;70;KH\n"
    report = import_targets(data=(HEAD + good).encode(), year=YEAR, by=office.by("kiemsoat"), at=NOW)
    assert report.created == 5
    lines = {line.indicator: line for line in list_lines(get_version(get_plan(YEAR), 1))}
    assert {code: (line.kind, line.direction, line.target) for code, line in lines.items()} == {
        "PROCEDURES_CUT": ("count", "at_least", Decimal(1000)),
        "MEDIAN_DAYS": ("duration", "at_most", Decimal("4.5")),
        "COMPLIANCE_COST_SAVED": ("money", "at_least", Decimal(1_500_000_000)),
        "SERVICE_CENTRE_OPEN": ("done", "at_least", Decimal(1)),
        "FULL_PROCESS": ("share", "at_least", Decimal(70)),
    }
    bad = "H49;PROCEDURES_CUT;1.00;KH\nH49;MEDIAN_DAYS;0;KH\nH49;COMPLIANCE_COST_SAVED;5 tỷ;KH\n"
    bad += "H49;SERVICE_CENTRE_OPEN;không;KH\nH49;FULL_PROCESS;101;KH\n"
    with pytest.raises(Invalid) as caught:
        import_targets(data=(HEAD + bad).encode(), year=YEAR, by=office.by("kiemsoat"), at=NOW)
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [
        ("C2", "targets.not_a_count"),
        ("C3", "targets.not_a_duration"),
        ("C4", "targets.not_an_amount"),
        ("C5", "targets.not_a_yes"),
        ("C6", "targets.outside"),
    ]


def test_a_figure_told_by_hand_counts_once_somebody_else_accepted_it(office: Office) -> None:
    unit = office.unit()
    office.set("H49", "SERVICE_CENTRE_OPEN", "1")
    hand_down(office, "SERVICE_CENTRE_OPEN", Spread.INHERIT)
    office.sign("2026-01-12 09:00")
    head = office.by("quang", "2026-03-02 08:00")
    how = {"year": YEAR, "unit": unit, "measure": "SERVICE_CENTRE_OPEN"}
    with pytest.raises(Invalid) as bad:
        report_goal(**how, told=Told(Decimal(0), date(2027, 1, 1), has_evidence=False), file=None, by=head, at=LATER)  # type: ignore[arg-type]
    assert [fault.code for fault in bad.value.faults] == [
        "targets.not_a_yes", "report.outside_the_year", "task.no_evidence",
    ]  # fmt: skip
    row = report_goal(**how, told=told("1"), file=evidence(), by=head, at=LATER)  # type: ignore[arg-type]
    assert goal(unit, "SERVICE_CENTRE_OPEN").judgement.standing is Standing.NO_DATA
    with pytest.raises(Refused, match=r"report\.waits_already"):
        report_goal(**how, told=told("1"), file=evidence(), by=head, at=LATER)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"task\.own_evidence"):
        accept_report(report_id=row.pk, by=head, at=LATER)
    with pytest.raises(Refused, match=r"plan\.not_permitted"):
        accept_report(report_id=row.pk, by=office.by("long.coto", "2026-03-02 08:00"), at=LATER)
    accept_report(report_id=row.pk, by=office.by("kiemsoat", "2026-03-02 08:00"), at=moment("2026-03-02 10:00"))
    own, top = goal(unit, "SERVICE_CENTRE_OPEN"), goal("H49", "SERVICE_CENTRE_OPEN")
    assert (own.judgement.standing, own.report) == (Standing.REACHED, row)
    assert (top.known_units, top.judgement.standing) == (1, Standing.AT_RISK)
    assert top.value == own.judgement.attained / top.units if own.judgement.attained else None
    before = goal(unit, "SERVICE_CENTRE_OPEN", at="2026-03-02 09:59")
    assert before.judgement.standing is Standing.NO_DATA


def test_what_was_sent_back_never_counts_and_can_be_told_again(office: Office) -> None:
    unit = office.unit()
    for code in ("H49", unit):
        office.set(code, "PROCEDURES_CUT", "10")
    office.sign("2026-01-12 09:00")
    head, auditor = office.by("quang", "2026-03-02 08:00"), office.by("kiemsoat", "2026-03-02 08:00")
    how: dict[str, Any] = {"year": YEAR, "unit": unit, "measure": "PROCEDURES_CUT"}
    first = report_goal(**how, told=told("9"), file=evidence(), by=head, at=LATER)
    with pytest.raises(Invalid):
        send_report_back(report_id=first.pk, reason=" ", by=auditor, at=LATER)
    send_report_back(report_id=first.pk, reason="Thiếu danh mục", by=auditor, at=LATER)
    assert goal(unit, "PROCEDURES_CUT").value is None
    with pytest.raises(Refused, match=r"report\.judged_already"):
        accept_report(report_id=first.pk, by=auditor, at=LATER)
    second = report_goal(**how, told=told("4"), file=evidence(), by=head, at=LATER)
    accept_report(report_id=second.pk, by=auditor, at=LATER)
    assert goal(unit, "PROCEDURES_CUT").value == goal("H49", "PROCEDURES_CUT").value == 4


def test_what_is_measured_is_not_told_and_what_has_no_target_neither(office: Office) -> None:
    office.set("H49", "LATE_DOSSIERS", "500")
    office.set(office.unit(), "LATE_DOSSIERS", "5")
    office.sign("2026-01-12 09:00")
    head = office.by("quang", "2026-03-02 08:00")
    how: dict[str, Any] = {"year": YEAR, "unit": office.unit(), "told": told("1"), "by": head, "at": LATER}
    with pytest.raises(Invalid) as caught:
        report_goal(**how, measure="LATE_DOSSIERS", file=evidence())
    assert [fault.code for fault in caught.value.faults] == ["report.measured"]
    with pytest.raises(NotFound):
        report_goal(**how, measure="PROCEDURES_CUT", file=evidence())


def test_measured_figures_are_those_of_the_indicators(played: dict[str, str]) -> None:
    at, world = moment("2026-11-20 10:00"), World(stage(), "played")
    make_plan(world.stage, at)
    by = world.officer("kiemsoat", "2026-11-20 10:00")
    unit = world.stage.unit_code("Phường Hồng Gai")
    amend_plan(year=YEAR, reason="Thêm chỉ tiêu", by=by, at=at)
    for place in ("H49", unit):
        line = LineGiven(place, "ELECTRONIC_RESULTS_ISSUED", Decimal(10), "KH")
        set_line(year=YEAR, line=line, by=by, at=at)
    sign_plan(year=YEAR, by=world.officer("lanhdao", "2026-11-20 10:00"), at=at)
    progress = take_progress(get_plan(YEAR), as_of=at)
    survey = take_survey(as_of=at, period_from=BEGIN, codes=["ON_TIME_BY_LAW", "ELECTRONIC_RESULTS"])
    for place in ("H49", unit):
        found = progress.find(place)
        assert found is not None
        values = {item.measure.code: item.value for item in found.goals}
        figures = {figure.definition.code: figure for figure in list_figures(survey, unit=place)}
        on_time = figures["ON_TIME_BY_LAW"]
        assert values["LATE_DOSSIERS"] == on_time.denominator - on_time.numerator
        assert values["ELECTRONIC_RESULTS_ISSUED"] == figures["ELECTRONIC_RESULTS"].numerator
        filters = UnitFilter() if place == "H49" else unit_filter(place, on=at.date())
        spread = count_durations(as_of=at, period_from=BEGIN).spread(filters)
        median = list_medians(as_of=at, period_from=BEGIN, units={place: filters})[place]
        ever = moment("2100-01-01 00:00")  # what is known at any time: counted from the journal
        assert median == list_medians(as_of=at, period_from=BEGIN, units={place: filters}, known_at=ever)[place]
        assert (-(-median.minutes // 60), median.dossiers) == (spread.median, spread.count), "begun hours"
        assert values["MEDIAN_DAYS"] is not None
        assert 0 <= values["MEDIAN_DAYS"] * 24 * 60 - median.minutes < 15
        assert found.whole == roll_up([*(line.part for line in found.lines), *(item.part for item in found.goals)])
