"""A plan's year: drafted, cascaded, signed, amended; who may do what; what judges which moment."""

import threading
from decimal import Decimal

import pytest
from django.db import connection

from onestop.accounts.rules import SYSTEM
from onestop.agencies.models import Succession, Unit
from onestop.demo.stage import moment
from onestop.dossiers.queries.audits import audit_journal
from onestop.errors import Invalid, NotFound, OneStopError, Refused, Stale
from onestop.indicators.rules.outlook import Standing
from onestop.journal.queries import list_register
from onestop.plans.models import PlanLine
from onestop.plans.operations.cascading import cascade_target
from onestop.plans.operations.drafting import drop_line, open_plan
from onestop.plans.operations.importing import import_targets
from onestop.plans.operations.signing import amend_plan, sign_plan
from onestop.plans.queries.checks import list_checks
from onestop.plans.queries.plans import (
    find_draft,
    find_signature_fault,
    find_version_in_force,
    get_plan,
    get_version,
    list_lines,
    list_versions,
)
from onestop.plans.queries.progress import take_progress
from onestop.plans.queries.template import make_template
from onestop.plans.rules.cascade import Spread
from onestop.plans.rules.kinds import Origin, PlanState
from tests.plans.conftest import YEAR, Office

NOW = moment("2026-01-05 09:00")
HEAD = "Đơn vị;Chỉ số;Chỉ tiêu;Văn bản\n"


def kinds() -> list[str]:
    return [entry.kind for entry in list_register(get_plan(YEAR).register)]


def test_every_deed_is_one_entry_of_who_did_it_and_the_journal_holds(office: Office) -> None:
    office.set("H49", "FULL_PROCESS", "70")
    cascade_target(year=YEAR, indicator="FULL_PROCESS", spread=Spread.INHERIT, by=office.by("kiemsoat"), at=NOW)
    office.set(office.unit(), "FULL_PROCESS", "75")
    drop_line(year=YEAR, unit=office.unit(), indicator="FULL_PROCESS", by=office.by("kiemsoat"), at=NOW)
    office.sign("2026-01-12 09:00")
    assert kinds() == ["plan_open", "plan_set_line", "plan_cascade", "plan_set_line", "plan_drop_line", "plan_sign"]
    entries = list_register(get_plan(YEAR).register)
    assert {entry.post for entry in entries} == {"H49.KSTT", "H49.CT"}
    assert entries[-1].actor == f"officer:{office.by('lanhdao').account_id}"
    assert audit_journal().holds


def test_a_signed_version_is_covered_to_the_last_line(office: Office) -> None:
    office.set("H49", "FULL_PROCESS", "70")
    office.sign("2026-01-12 09:00")
    version = get_version(get_plan(YEAR), 1)
    assert find_signature_fault(version) is None
    PlanLine.objects.filter(version=version).update(target=Decimal(60))
    assert find_signature_fault(version) == "altered"


def test_the_version_in_force_at_a_moment_judges_it_and_the_old_one_stays(office: Office) -> None:
    office.set("H49", "FULL_PROCESS", "70")
    office.sign("2026-01-12 09:00")
    amend_plan(year=YEAR, reason="Sơ kết", by=office.by("kiemsoat"), at=moment("2026-06-01 08:00"))
    office.set("H49", "FULL_PROCESS", "80", at="2026-06-01 09:00")
    plan = get_plan(YEAR)
    before_signing = [(v.number, state) for v, state in list_versions(plan, moment("2026-06-02 08:00"))]
    assert before_signing == [(2, PlanState.DRAFT), (1, PlanState.SIGNED)]
    office.sign("2026-06-10 09:00")
    states = [(v.number, state) for v, state in list_versions(plan, moment("2026-06-10 10:00"))]
    assert states == [(2, PlanState.SIGNED), (1, PlanState.AMENDED)]
    assert [line.target for line in list_lines(get_version(plan, 1))] == [Decimal(70)]
    for when, number, target in (("2026-06-10 08:59", 1, 70), ("2026-06-10 09:00", 2, 80)):
        progress = take_progress(plan, as_of=moment(when))
        assert progress.version is not None
        assert (progress.version.number, progress.units[0].lines[0].target) == (number, Decimal(target))
    assert find_version_in_force(plan, moment("2026-01-12 08:59")) is None
    assert take_progress(plan, as_of=moment("2026-01-12 08:59")).units == ()


def test_what_keeps_a_plan_from_being_signed_is_said_at_once(office: Office) -> None:
    with pytest.raises(Refused) as empty:
        office.sign("2026-01-12 09:00")
    assert empty.value.reasons == ("plan.empty",)
    office.set("H49", "FULL_PROCESS", "70")
    office.set(office.unit(), "FULL_PROCESS", "60")
    PlanLine.objects.filter(unit__code="H49").update(post=None)
    with pytest.raises(Refused) as short:
        office.sign("2026-01-12 09:00")
    assert short.value.reasons == ("plan.nobody_answers", "plan.mean_below_target")


def test_a_cascade_reaches_every_unit_once_and_leaves_what_a_person_set(office: Office) -> None:
    office.set("H49", "FULL_PROCESS", "70")
    office.set(office.unit(), "FULL_PROCESS", "90")
    for spread, origin in ((Spread.INHERIT, Origin.INHERITED), (Spread.SCALE, Origin.INHERITED)):
        done = cascade_target(year=YEAR, indicator="FULL_PROCESS", spread=spread, by=office.by("kiemsoat"), at=NOW)
        lines = list(list_lines(get_version(get_plan(YEAR), 1)))
        below = [line for line in lines if line.unit.code != "H49"]
        assert (done.given + done.kept, done.kept) == (len(below), 1)
        assert {line.origin for line in below if line.unit.code != office.unit()} == {origin}  # nobody has a 2025 here
        assert all(line.post is not None and line.post.unit_id == line.unit_id for line in below)
    assert next(line.target for line in below if line.unit.code == office.unit()) == 90
    assert list_checks(get_version(get_plan(YEAR), 1))[0].check.holds


def test_what_all_units_share_is_not_handed_down(office: Office) -> None:
    office.set("H49", "PROCEDURES_FULL", "80")
    with pytest.raises(Refused, match=r"plan\.not_by_unit"):
        cascade_target(year=YEAR, indicator="PROCEDURES_FULL", spread=Spread.SCALE, by=SYSTEM, at=NOW)
    with pytest.raises(NotFound):
        cascade_target(year=YEAR, indicator="FULL_PROCESS", spread=Spread.SCALE, by=SYSTEM, at=NOW)


@pytest.mark.parametrize("username", ["minh", "quang", "lanhdao", "binh.xaydung"])
def test_only_the_control_officers_of_the_province_draft(office: Office, username: str) -> None:
    by = office.by(username)
    with pytest.raises(Refused, match=r"plan\.not_permitted"):
        drop_line(year=YEAR, unit="H49", indicator="x", by=by, at=NOW)
    with pytest.raises(Refused, match=r"plan\.not_permitted"):
        open_plan(year=2030, by=by, at=NOW)
    with pytest.raises(Refused, match=r"plan\.not_permitted"):
        import_targets(data=b"x", year=YEAR, by=by, at=NOW)


@pytest.mark.parametrize("username", ["kiemsoat", "quang", "binh.xaydung"])
def test_only_the_leader_of_the_province_signs(office: Office, username: str) -> None:
    office.set("H49", "FULL_PROCESS", "70")
    with pytest.raises(Refused, match=r"plan\.not_permitted"):
        sign_plan(year=YEAR, by=office.by(username), at=NOW)
    with pytest.raises(Refused, match=r"plan\.not_permitted"):
        sign_plan(year=YEAR, by=SYSTEM, at=NOW)


def test_a_signed_plan_is_not_changed_and_an_amendment_needs_its_reason(office: Office) -> None:
    office.set("H49", "FULL_PROCESS", "70")
    with pytest.raises(Refused, match=r"plan\.draft_open"):
        amend_plan(year=YEAR, reason="x", by=office.by("kiemsoat"), at=NOW)
    office.sign("2026-01-12 09:00")
    with pytest.raises(Refused, match=r"plan\.no_draft"):
        office.set("H49", "FULL_PROCESS", "10", at="2026-01-13 09:00")
    with pytest.raises(Invalid) as caught:
        amend_plan(year=YEAR, reason=" ", by=office.by("kiemsoat"), at=moment("2026-01-13 09:00"))
    assert [fault.code for fault in caught.value.faults] == ["plan.no_reason"]


def test_a_page_made_before_somebody_else_acted_is_told_so(office: Office) -> None:
    office.set("H49", "FULL_PROCESS", "70")
    with pytest.raises(Stale):
        drop_line(year=YEAR, unit="H49", indicator="FULL_PROCESS", by=office.by("kiemsoat"), at=NOW, seen=1)


def test_nothing_is_done_before_what_was_done_last(office: Office) -> None:
    office.set("H49", "FULL_PROCESS", "70")
    with pytest.raises(Refused, match=r"plan\.moment_before_last"):
        office.set("H49", "FULL_PROCESS", "75", at="2026-01-05 08:30")


def test_every_fault_of_a_target_at_once(office: Office) -> None:
    with pytest.raises(Invalid) as caught:
        office.set("H50", "NOTHING", "101", weight=0, post="nobody")
    assert [fault.field for fault in caught.value.faults] == ["unit", "indicator", "target", "weight", "post"]


# -- import ----------------------------------------------------------------------------------------
def test_an_import_with_one_bad_cell_loads_nothing(office: Office) -> None:
    table = HEAD + "H49;FULL_PROCESS;70;KH 1\nPhường Hồng Gai;FULL_PROCESS;170;KH 1\n"
    with pytest.raises(Invalid) as caught:
        import_targets(data=table.encode(), year=YEAR, by=office.by("kiemsoat"), at=NOW)
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("C3", "targets.outside")]
    assert not list_lines(get_version(get_plan(YEAR), 1)).exists()
    assert kinds() == ["plan_open"]


def test_the_same_table_twice_changes_nothing(office: Office) -> None:
    table = (HEAD + "H49;FULL_PROCESS;70,5;KH 1\n" + f"{office.unit()};FULL_PROCESS;75;KH 1\n").encode()
    first = import_targets(data=table, year=YEAR, by=office.by("kiemsoat"), at=NOW)
    again = import_targets(data=table, year=YEAR, by=office.by("kiemsoat"), at=NOW)
    assert (first.created, again.created, again.updated, again.unchanged) == (2, 0, 0, 2)
    other = table.replace(b"75", b"76")
    assert import_targets(data=other, year=YEAR, by=office.by("kiemsoat"), at=NOW).updated == 1


def test_the_table_taken_out_can_be_brought_in(office: Office) -> None:
    office.set("H49", "FULL_PROCESS", "70")
    cascade_target(year=YEAR, indicator="FULL_PROCESS", spread=Spread.INHERIT, by=office.by("kiemsoat"), at=NOW)
    plan = get_plan(YEAR)
    count = list_lines(get_version(plan, 1)).count()
    data = make_template(year=YEAR, plan=plan, on=NOW.date())
    report = import_targets(data=data, year=YEAR, by=office.by("kiemsoat"), at=NOW)
    assert (report.created, report.updated + report.unchanged) == (0, count)


def test_the_targets_that_come_along_are_loaded_for_each_year_by_itself(office: Office) -> None:
    from importlib import resources

    data = resources.files("onestop.plans.data").joinpath("targets.csv").read_bytes()
    found = {year: import_targets(data=data, year=year, by=SYSTEM, at=NOW) for year in (2023, 2024, 2025, 2026)}
    assert {year: (r.created, r.not_obtained, r.of_other_years) for year, r in found.items()} == {
        2023: (0, 1, 5), 2024: (1, 0, 5), 2025: (2, 0, 4), 2026: (2, 0, 4),
    }  # fmt: skip


# -- progress --------------------------------------------------------------------------------------
def test_what_has_no_data_is_said_to_have_none(office: Office) -> None:
    office.set("H49", "FULL_PROCESS", "70")
    office.sign("2026-01-12 09:00")
    progress = take_progress(get_plan(YEAR), as_of=moment("2026-03-01 08:00"))
    line = progress.units[0].lines[0]
    assert (line.judgement.standing, line.judgement.percent) == (Standing.NO_DATA, None)
    assert (progress.units[0].whole.attained, progress.units[0].whole.known) == (None, 0)


def test_a_unit_that_ends_during_the_year_hands_its_target_on(office: Office) -> None:
    old, heir = office.unit("Phường Bãi Cháy"), office.unit()
    office.set("H49", "FULL_PROCESS", "70")
    office.set(old, "FULL_PROCESS", "72")
    office.set(heir, "ON_TIME_BY_LAW", "95")
    office.sign("2026-01-12 09:00")
    day = moment("2026-07-01 00:00").date()
    unit = Unit.objects.get(code=old)
    Unit.objects.filter(pk=unit.pk).update(valid_until=day)
    Succession.objects.create(
        predecessor=unit, successor=Unit.objects.get(code=heir), share="whole", is_main=True, on=day
    )
    before = take_progress(get_plan(YEAR), as_of=moment("2026-06-30 17:00"))
    after = take_progress(get_plan(YEAR), as_of=moment("2026-07-01 08:00"))
    assert before.find(old) is not None
    assert after.find(old) is None
    found = after.find(heir)
    assert found is not None
    assert {(line.indicator, line.target, line.carried) for line in found.lines} == {
        ("FULL_PROCESS", Decimal(72), (old,)),
        ("ON_TIME_BY_LAW", Decimal(95), ()),
    }


def test_the_merger_of_2025_hands_the_targets_of_districts_to_communes(office: Office) -> None:
    early = moment("2025-02-03 08:00")
    table = HEAD.encode() + b"H49;FULL_PROCESS;70;KH\n"
    import_targets(data=table, year=2025, by=SYSTEM, at=early)
    cascade_target(year=2025, indicator="FULL_PROCESS", spread=Spread.INHERIT, by=SYSTEM, at=early)
    draft = find_draft(get_plan(2025))
    assert draft is not None
    districts = list(draft.lines.filter(unit__kind="district").values_list("unit__code", flat=True))
    assert len(districts) == 13
    PlanLine.objects.filter(post=None).update(post=PlanLine.objects.exclude(post=None).first().post)  # type: ignore[union-attr]
    sign_plan(year=2025, by=office.by("lanhdao", "2025-07-02 08:00"), at=moment("2025-07-02 08:00"))
    progress = take_progress(get_plan(2025), as_of=moment("2025-12-01 08:00"))
    assert not [unit for unit in progress.units if unit.kind == "district"]
    carried = [old for unit in progress.units for line in unit.lines for old in line.carried]
    assert set(carried) == set(districts)
    assert len([unit for unit in progress.units if unit.kind == "commune"]) == 54


# -- two at once -----------------------------------------------------------------------------------
def test_two_who_sign_at_once_make_one_signature(real_world: object) -> None:
    office = Office(real_world)  # type: ignore[arg-type]
    open_plan(year=YEAR, by=office.by("kiemsoat"), at=NOW)
    office.set("H49", "FULL_PROCESS", "70")
    by, said = office.by("lanhdao"), []

    def sign() -> None:
        try:
            sign_plan(year=YEAR, by=by, at=moment("2026-01-12 09:00"))
            said.append("signed")
        except OneStopError as error:
            said.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["plan.no_draft", "signed"]
    assert kinds().count("plan_sign") == 1
    assert audit_journal().holds
