"""Moving along the line, beside it, and the clock: what is refused, and where a dossier is afterwards."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from onestop.accounts.rules import Role
from onestop.agencies.queries import get_post
from onestop.demo import answers
from onestop.demo.cast import CONSTRUCTION, HONG_GAI, VAN_DON
from onestop.demo.stage import Play, moment
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import get_unscoped, list_consulted
from onestop.dossiers.rules.states import State
from onestop.errors import NotFound, OneStopError, Refused
from onestop.intake.rules.reasons import Reason
from onestop.journal.queries import list_entries
from onestop.process.models import Appraisal, Consultation, ProcessTemplate
from onestop.process.operations.assignment import assign
from onestop.process.operations.clock import extend, reappoint, resume, suspend
from onestop.process.operations.consultation import consult, give_opinion
from onestop.process.operations.data import load_templates
from onestop.process.operations.steps import appraise, send_back
from onestop.process.operations.templates import publish_template
from onestop.process.queries.opinions import find_appraisal, list_appraisals, list_consultations
from onestop.process.queries.templates import find_template, get_template, list_templates, template_for
from onestop.process.rules.appraisal import Proposal
from onestop.worktime.rules import TimeLimit, TimeUnit
from tests.world import World

HOUSEHOLD, BUILDING = "1.001612", "1.013225"
THREE_DAYS = TimeLimit(3, TimeUnit.WORKING_DAY)


def refused(deed: Callable[[], Any]) -> OneStopError:
    with pytest.raises(OneStopError) as caught, transaction.atomic():
        deed()
    return caught.value


@pytest.fixture
def shop(world: World) -> Play:
    """Tâm's household business, with the specialist since Monday 6 April 09:00; due Thursday 9 April 17:00."""
    play = world.stage.file(HOUSEHOLD, "tam", HONG_GAI, "2026-04-06 08:00", answers=answers.household("tam"))
    return play.accept("2026-04-06 09:00")


@pytest.fixture
def house(world: World) -> Play:
    """Mrs Sáu's house, accepted Monday 6 July 2026, due Wednesday 15 July."""
    papers = {"LAND_PAPERS": "Giấy chứng nhận", "DESIGN": "Bản vẽ"}
    play = world.stage.file(
        BUILDING, "sau", VAN_DON, "2026-07-06 08:10", answers=answers.building("sau", VAN_DON), papers=papers,
        case="nhà ở riêng lẻ",
    )  # fmt: skip
    return play.accept("2026-07-06 08:45")


# -- the line -------------------------------------------------------------------------------------


def test_each_step_has_its_place_role_and_share_of_the_time(world: World, shop: Play) -> None:
    row = get_unscoped(shop.code)
    # the general line: 1200 of 2400 minutes for the appraisal. From 09:00 to Thursday 17:00 are 1920 - 120 = 1800
    # minutes; half of them, 900, from 09:00: 360 on Monday, 480 on Tuesday, 60 on Wednesday
    assert (row.step, row.step_role, row.holder_unit_id) == ("appraise", Role.SPECIALIST, row.settling_unit_id)
    assert row.step_due_at == moment("2026-04-08 08:00")
    shop.appraise("2026-04-06 10:00")
    row = get_unscoped(shop.code)
    # a tenth, 180 minutes, from 10:00: 90 until 11:30, 90 from 13:30
    assert (row.step, row.step_role, row.step_due_at) == ("review", Role.DIVISION_HEAD, moment("2026-04-06 15:00"))
    shop.review("2026-04-09 16:00")
    row = get_unscoped(shop.code)
    assert (row.step, row.holder_unit_id) == ("approve", row.competent_unit_id)
    assert row.step_due_at == row.due_at  # never later than the whole


def test_only_the_one_at_the_step_moves_it(world: World, shop: Play) -> None:
    at = "2026-04-06 10:00"
    loan, giang = (world.by(shop, role, at) for role in (Role.DIVISION_HEAD, Role.SPECIALIST))
    early = refused(lambda: appraise(code=shop.code, proposal=Proposal.APPROVE, by=loan, at=moment(at)))
    assert early.code == "dossier.not_permitted"
    hoa = world.officer("hoa", at)  # a specialist too, of another division
    error = refused(lambda: appraise(code=shop.code, proposal=Proposal.APPROVE, by=hoa, at=moment(at)))
    assert isinstance(error, (NotFound, Refused))
    empty = refused(lambda: appraise(code=shop.code, proposal=Proposal.REFUSE, by=giang, at=moment(at)))
    assert empty.reasons == ("refusal.no_reason",)  # type: ignore[attr-defined]
    assert not Appraisal.objects.exists()


def test_the_latest_appraisal_counts(world: World, shop: Play) -> None:
    shop.appraise("2026-04-06 10:00", reasons=(Reason("Thiếu.", "168/2025/NĐ-CP"),))
    shop.send_back("2026-04-06 10:30", "Xem lại.", Role.DIVISION_HEAD).appraise("2026-04-06 11:00")
    row = get_unscoped(shop.code)
    assert [item.proposal for item in list_appraisals(row)] == ["refuse", "approve"]
    latest = find_appraisal(row)
    assert latest is not None
    assert latest.proposal == "approve"
    shop.review("2026-04-06 13:30").sign("2026-04-06 14:00")
    assert get_unscoped(shop.code).step == "seal"


def test_sending_back_needs_a_step_before_and_a_reason(world: World, shop: Play) -> None:
    at = moment("2026-04-06 10:00")
    giang = world.by(shop, Role.SPECIALIST, "2026-04-06 10:00")
    first = refused(lambda: send_back(code=shop.code, reason="x", by=giang, at=at))
    assert first.code == "process.no_step_to_send_back_to"  # never back past the appraisal to the desk
    shop.appraise("2026-04-06 10:00").review("2026-04-06 10:10")
    quang = world.by(shop, Role.LEADER, "2026-04-06 10:20")
    for more, code in (
        ({"reason": " "}, "process.send_back_needs_a_reason"),
        ({"reason": "x", "to_step": "seal"}, "process.no_step_to_send_back_to"),
        ({"reason": "x", "to_step": "receive"}, "process.no_step_to_send_back_to"),
    ):
        given = {"code": shop.code, "by": quang, "at": moment("2026-04-06 10:20"), **more}
        assert refused(lambda given=given: send_back(**given)).code == code
    send_back(code=shop.code, reason="x", to_step="appraise", by=quang, at=moment("2026-04-06 10:20"))
    assert get_unscoped(shop.code).step == "appraise"


def test_work_is_assigned_to_somebody_of_the_step_and_taken_away_with_a_reason(world: World, shop: Play) -> None:
    at = "2026-04-06 10:00"
    loan, giang = (world.by(shop, role, at) for role in (Role.DIVISION_HEAD, Role.SPECIALIST))
    hoa = world.officer("hoa", at)
    given = {"code": shop.code, "by": loan, "at": moment(at)}
    assert refused(lambda: assign(posting_id=hoa.posting_id, **given)).code == "assignment.not_in_this_post"
    assert refused(lambda: assign(posting_id=loan.posting_id, **given)).code == "assignment.not_in_this_post"
    assert assign(posting_id=giang.posting_id, **given).assignee_id == giang.posting_id
    again = refused(lambda: assign(posting_id=giang.posting_id, **given))
    assert again.code == "assignment.change_needs_a_reason"
    shop.appraise("2026-04-06 10:30")
    assert get_unscoped(shop.code).assignee_id is None
    assert (
        refused(lambda: assign(posting_id=giang.posting_id, **{**given, "by": giang})).code == "dossier.not_permitted"
    )


def test_somebody_elses_by_assignment_is_not_mine(world: World, shop: Play) -> None:
    at = "2026-04-06 10:00"
    giang, hoa = world.by(shop, Role.SPECIALIST, at), world.officer("hoa", at)
    Dossier.objects.filter(code=shop.code).update(assignee_id=hoa.posting_id)
    error = refused(lambda: appraise(code=shop.code, proposal=Proposal.APPROVE, by=giang, at=moment(at)))
    assert error.code == "dossier.not_permitted"


# -- opinions -------------------------------------------------------------------------------------


def test_an_opinion_is_asked_waited_for_and_given_once(world: World, house: Play) -> None:
    at = moment("2026-07-07 08:00")
    linh, department = world.by(house, Role.SPECIALIST, "2026-07-07 08:00"), world.stage.unit_code(CONSTRUCTION)
    asking = {"code": house.code, "unit_code": department, "limit": THREE_DAYS, "by": linh, "at": at}
    assert refused(lambda: consult(question=" ", **asking)).code == "consultation.without_question"
    own = {**asking, "unit_code": linh.unit_code}
    assert refused(lambda: consult(question="?", **own)).code == "consultation.asked_already"
    binh = world.officer("binh.xaydung", "2026-07-07 08:00")
    opinion = {"code": house.code, "agrees": True, "opinion": "Đồng ý.", "by": binh}
    assert isinstance(
        refused(lambda: give_opinion(at=at, **opinion)), NotFound
    )  # not asked: it does not exist for them
    consult(question="Có vướng quy hoạch không?", **asking)
    assert refused(lambda: consult(question="?", **asking)).code == "consultation.asked_already"
    assert [row.code for row in list_consulted(by=binh)] == [house.code]
    waiting = refused(lambda: house.appraise("2026-07-08 08:00"))
    assert waiting.code == "appraisal.opinion_outstanding"
    # asked Tuesday 08:00, three working days: Friday 10 July, its close
    assert Consultation.objects.get().due_at == moment("2026-07-10 17:00")
    give_opinion(at=moment("2026-07-10 17:30"), **opinion)
    entry = list_entries(get_unscoped(house.code).pk)[-1]
    assert (entry.kind, entry.payload["late"], entry.unit) == ("give_opinion", True, department)
    assert refused(lambda: give_opinion(at=moment("2026-07-10 17:40"), **opinion)).code == "consultation.nothing_asked"
    assert [item.opinion for item in list_consultations(get_unscoped(house.code))] == ["Đồng ý."]
    assert house.appraise("2026-07-13 08:00").code == house.code


def test_an_opinion_overdue_holds_up_nobody(world: World, house: Play) -> None:
    house.consult("2026-07-07 08:00", CONSTRUCTION, "?", THREE_DAYS)
    house.appraise("2026-07-13 08:00")
    assert get_unscoped(house.code).step == "review"


# -- the clock ------------------------------------------------------------------------------------


def test_one_apology_in_time_and_no_second(world: World, house: Play) -> None:
    linh = world.by(house, Role.SPECIALIST, "2026-07-13 09:00")

    def move(at: str, new_at: str, reason: str = "Mưa bão.", unit: str = "Phòng Kinh tế") -> Dossier:
        return reappoint(
            code=house.code, reason=reason, responsible_unit=unit, new_at=moment(new_at), by=linh, at=moment(at)
        )

    for at, new_at, reasons in (
        ("2026-07-15 09:00", "2026-07-20 17:00", {"reappointment.too_late"}),  # on the due day itself
        ("2026-07-13 09:00", "2026-07-15 17:00", {"reappointment.not_later"}),
        ("2026-07-13 09:00", "2026-07-19 10:00", {"reappointment.outside_office_time"}),  # a Sunday
        ("2026-07-15 09:00", "2026-07-15 12:00", {
            "reappointment.too_late", "reappointment.not_later", "reappointment.outside_office_time",
        }),
    ):  # fmt: skip
        error = refused(lambda at=at, new_at=new_at: move(at, new_at))
        assert set(error.reasons) == reasons  # type: ignore[attr-defined]
    silent = refused(lambda: move("2026-07-13 09:00", "2026-07-20 17:00", reason=" "))
    assert silent.reasons == ("reappointment.without_reason",)  # type: ignore[attr-defined]
    row = move("2026-07-14 16:59", "2026-07-20 17:00")  # the day before is the last
    assert (row.appointed_at, row.due_at) == (moment("2026-07-20 17:00"), moment("2026-07-15 17:00"))
    second = refused(lambda: move("2026-07-14 17:00", "2026-07-22 17:00"))
    assert second.reasons == ("reappointment.only_once",)  # type: ignore[attr-defined]


def test_the_clock_stands_on_a_named_ground_and_runs_on_by_exactly_that(world: World, house: Play) -> None:
    linh = world.by(house, Role.SPECIALIST, "2026-07-07 10:00")
    for ground, reason in (("", "x"), ("130/2024/QH15", " ")):
        given = {"ground": ground, "reason": reason, "by": linh, "at": moment("2026-07-07 10:00")}
        assert refused(lambda given=given: suspend(code=house.code, **given)).code == "clock.stops_only_on_a_ground"
    assert (
        refused(lambda: resume(code=house.code, by=linh, at=moment("2026-07-07 10:00"))).code == "dossier.wrong_state"
    )
    suspend(code=house.code, ground="31/2024/QH15 Đ156", reason="Chờ nộp tiền.", by=linh, at=moment("2026-07-07 10:00"))
    assert get_unscoped(house.code).state == State.WAITING_OBLIGATION
    row = resume(code=house.code, by=linh, at=moment("2026-07-09 14:00"))
    # stood Tuesday 10:00 (300), Wednesday (480), Thursday until 14:00 (300): 1080 minutes after Wednesday 15 July
    # 17:00 are Thursday 480, Friday 480, and 120 on Monday 20: 09:00
    assert row.due_at == row.indicator_due_at == row.appointed_at == moment("2026-07-20 09:00")
    assert (row.state, row.waiting_from) == (State.IN_PROCESS, None)
    assert list_entries(row.pk)[-1].payload["stood_minutes"] == 1080


def test_a_leader_extends_on_a_laws_ground(world: World, house: Play) -> None:
    at = "2026-07-08 10:00"
    nam, linh = world.by(house, Role.LEADER, at), world.by(house, Role.SPECIALIST, at)
    given = {"code": house.code, "limit": THREE_DAYS, "at": moment(at)}
    assert refused(lambda: extend(ground="", reason="x", by=nam, **given)).code == "clock.extends_only_on_a_ground"
    assert refused(lambda: extend(ground="x", reason="x", by=linh, **given)).code == "dossier.not_permitted"
    row = extend(ground="135/2025/QH15", reason="Hồ sơ phức tạp.", by=nam, **given)
    # three more working days after Wednesday 15 July: Thursday, Friday, Monday
    assert row.due_at == row.appointed_at == row.indicator_due_at == moment("2026-07-20 17:00")


# -- templates ------------------------------------------------------------------------------------


def test_loading_templates_again_changes_nothing(world: World) -> None:
    before = ProcessTemplate.objects.count()
    report = load_templates()
    assert (report.created, ProcessTemplate.objects.count()) == (0, before)
    assert before > 60
    assert all(reasons for _, reasons in report.unusable)


def test_a_changed_template_is_the_next_version_and_running_dossiers_keep_theirs(world: World, shop: Play) -> None:
    assert get_unscoped(shop.code).process == "general@1"
    old = get_template("general@1")
    steps = [{"code": s.code, "kind": s.kind.value, "names": s.names, "minutes": 60} for s in old.steps]
    content = {"names": old.names, "source": "", "steps": steps}
    row, new = publish_template(code="general", content=content, in_force_from=date(2026, 4, 1))
    assert (row.key, new) == ("general@2", True)
    assert publish_template(code="general", content=content, in_force_from=date(2026, 4, 1)) == (row, False)
    assert template_for(HOUSEHOLD).key == "general@2"
    shop.appraise("2026-04-06 10:00")
    assert get_unscoped(shop.code).process == "general@1"
    own, _ = publish_template(code="own", content=content, procedures=[HOUSEHOLD], in_force_from=date(2026, 4, 1))
    assert template_for(HOUSEHOLD).key == own.key
    assert [item.version for item in list_templates() if item.code == "general"] == [2, 1]
    unsound = {**content, "steps": steps[1:]}
    error = refused(lambda: publish_template(code="bad", content=unsound, in_force_from=date(2026, 4, 1)))
    assert "process.begins_without_reception" in error.reasons  # type: ignore[attr-defined]


def test_a_template_nobody_knows_is_not_found(world: World) -> None:
    assert find_template("") is None
    for key in ("nothing@1", "general@99", "general"):
        assert isinstance(refused(lambda key=key: get_template(key)), NotFound)
    assert get_post(world.officer("quang", "2026-04-06 09:00").post_code).role == Role.LEADER
