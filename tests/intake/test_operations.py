"""Filing, receiving, asking, answering: what is taken, what is refused, and what the clock then says."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from onestop.accounts.rules import Role
from onestop.demo import answers
from onestop.demo.cast import CO_TO, HONG_GAI, VAN_DON
from onestop.demo.stage import Play, moment
from onestop.dossiers.models import Dossier, DossierPart, SupplementRequest
from onestop.dossiers.queries.dossiers import get_unscoped, list_supplement_requests
from onestop.dossiers.rules.filing import Channel, Filer, Given, PartGiven, ReturnWay
from onestop.dossiers.rules.states import State
from onestop.errors import Invalid, NotFound, OneStopError, Refused
from onestop.intake.models import Draft
from onestop.intake.operations.drafts import discard_draft, save_draft, start_draft
from onestop.intake.operations.endings import refuse, stop, withdraw
from onestop.intake.operations.filing import Filing, submit
from onestop.intake.operations.reception import accept, digitise
from onestop.intake.operations.supplement import answer_supplement, request_supplement
from onestop.intake.queries import draft_parts, get_draft, list_drafts
from onestop.intake.rules.reasons import Reason
from onestop.intake.rules.supplement import SupplementItem
from onestop.journal.models import JournalEntry
from tests.world import World

MARITAL, BIRTH, BUILDING = "1.004873", "1.001193", "1.013225"
AT = "2026-04-06 09:00"
OLD_RULING = SupplementItem("MARITAL_STATUS_OLD", "Thiếu bản án.", "Tải lên bản án.", "123/2015/NĐ-CP Đ22")
REASON = Reason("Không thuộc thẩm quyền.", "61/2018/NĐ-CP Đ17")


def refused(deed: Callable[[], Any]) -> OneStopError:
    with pytest.raises(OneStopError) as caught, transaction.atomic():
        deed()
    return caught.value


def filing_of(world: World, who: str = "lan", **changes: Any) -> Filing:
    plain = Filing(
        procedure_code=MARITAL,
        applicant_id=world.stage.applicant_id(who),
        agency_code=world.stage.unit_code(HONG_GAI),
        channel=Channel.ONLINE,
        filer=Filer.SELF,
        answers=answers.marital(who),
    )
    return replace(plain, **changes)


def filed(world: World, who: str = "binh", at: str = "2026-04-06 08:15", agency: str = HONG_GAI) -> Play:
    return world.stage.file(MARITAL, who, agency, at, answers=answers.marital(who))


# -- filing ---------------------------------------------------------------------------------------


def test_online_every_gap_is_named_and_nothing_is_filed(world: World) -> None:
    given = {name: value for name, value in answers.birth().items() if name not in ("child_name", "child_sex")}
    filing = filing_of(world, procedure_code=BIRTH, answers=given)
    error = refused(lambda: submit(filing=filing, by=world.applicant("lan", AT), at=moment(AT)))
    assert isinstance(error, Invalid)
    assert {fault.field for fault in error.faults} == {"child_name", "child_sex", "BIRTH_NOTICE"}
    assert not Dossier.objects.exists()
    assert not JournalEntry.objects.exists()


def test_nobody_files_for_a_stranger(world: World) -> None:
    error = refused(lambda: submit(filing=filing_of(world), by=world.applicant("binh", AT), at=moment(AT)))
    assert error.code in ("filing.not_permitted", "filing.not_by_own_hand")
    hoa = refused(lambda: submit(filing=filing_of(world), by=world.officer("hoa", AT), at=moment(AT)))
    assert isinstance(hoa, Refused)


def test_an_officer_does_not_sign_as_the_applicant(world: World) -> None:
    minh = world.officer("minh", AT)
    for filer in (Filer.SELF, Filer.REPRESENTATIVE):
        error = refused(lambda filer=filer: submit(filing=filing_of(world, filer=filer), by=minh, at=moment(AT)))
        assert error.code == "filing.not_by_own_hand"
    elsewhere = filing_of(world, filer=Filer.ASSISTED, agency_code=world.stage.unit_code(CO_TO))
    assert refused(lambda: submit(filing=elsewhere, by=minh, at=moment(AT))).code == "filing.not_permitted"
    assert submit(filing=filing_of(world, filer=Filer.ASSISTED), by=minh, at=moment(AT)).filer == "assisted"


@pytest.mark.parametrize(
    "changes",
    [
        {"channel": Channel.COUNTER},
        {"channel": Channel.POST},
        {"channel": Channel.COUNTER, "filer": Filer.BY_OFFICER},
        {"filer": Filer.ASSISTED},
        {"filer": Filer.BY_OFFICER},
    ],
)
def test_an_applicant_files_online_and_in_no_officers_name(world: World, changes: dict[str, Any]) -> None:
    """Else the checks of an online filing could be had around, and the rate of online filing be changed at will."""
    filing = filing_of(world, **changes)
    error = refused(lambda: submit(filing=filing, by=world.applicant("lan", AT), at=moment(AT)))
    assert error.code == "filing.not_permitted"


def test_an_unknown_place_or_procedure_is_not_found(world: World) -> None:
    lan = world.applicant("lan", AT)
    for changes in ({"agency_code": "H99"}, {"procedure_code": "9.999999"}):
        assert isinstance(
            refused(lambda c=changes: submit(filing=filing_of(world, **c), by=lan, at=moment(AT))), NotFound
        )
    division = world.officer("hoa", AT).unit_code
    for code in ("H99", division):
        desk = filing_of(world, desk_code=code)
        error = refused(lambda d=desk: submit(filing=d, by=lan, at=moment(AT)))
        assert error.code == "filing.agency_cannot_receive"


def test_a_commune_does_not_decide_for_the_province_nor_the_other_way_round(world: World) -> None:
    lan = world.applicant("lan", AT)
    for procedure, agency in ((MARITAL, "Sở Nội vụ"), ("2.000205", HONG_GAI), (MARITAL, "Tỉnh Quảng Ninh")):
        filing = filing_of(world, procedure_code=procedure, agency_code=world.stage.unit_code(agency))
        error = refused(lambda f=filing: submit(filing=f, by=lan, at=moment(AT)))
        assert error.code == "filing.agency_cannot_receive"


def test_the_desk_has_eight_working_hours_to_answer_an_online_filing(world: World) -> None:
    # Monday 08:15: 195 min until 11:30, 210 in the afternoon, 75 are left for Tuesday: 08:15
    assert get_unscoped(filed(world).code).step_due_at == moment("2026-04-07 08:15")
    # in the evening: the whole of the next day
    assert get_unscoped(filed(world, "lan", "2026-04-06 20:00").code).step_due_at == moment("2026-04-07 17:00")


# -- drafts ---------------------------------------------------------------------------------------


def test_a_draft_is_found_again_changed_and_gone_when_filed(world: World) -> None:
    lan, own = world.applicant("lan", AT), world.stage.applicant_id("lan")
    draft = start_draft(procedure_code=MARITAL, applicant_id=own, by=lan, at=moment(AT))
    assert start_draft(procedure_code=MARITAL, applicant_id=own, by=lan, at=moment(AT)).pk == draft.pk
    file = PartGiven("MARITAL_STATUS_OLD", Given.FILE, "a" * 64, "x.pdf", 9, "application/pdf")
    save_draft(token=draft.token, by=lan, at=moment(AT), answers={"purpose": "a"}, parts=(file,))
    newer = replace(file, sha256="b" * 64)
    draft = save_draft(token=draft.token, by=lan, at=moment(AT), answers=answers.marital("lan"), parts=(newer,))
    assert draft_parts(draft) == (newer,)  # a new file takes the place of the old
    assert draft.answers["purpose"] != "a"
    draft = save_draft(token=draft.token, by=lan, at=moment(AT), removed=("MARITAL_STATUS_OLD",), limit_case="x")
    assert (draft_parts(draft), draft.limit_case) == ((), "x")
    assert [row.pk for row in list_drafts(by=lan)] == [draft.pk]
    submit(filing=filing_of(world), by=lan, at=moment(AT), draft=draft)
    assert not Draft.objects.exists()
    assert refused(lambda: submit(filing=filing_of(world), by=lan, at=moment(AT), draft=draft)).code == "draft.unknown"
    assert Dossier.objects.count() == 1


def test_a_strangers_draft_does_not_exist(world: World) -> None:
    lan, binh = world.applicant("lan", AT), world.applicant("binh", AT)
    own = world.stage.applicant_id("lan")
    draft = start_draft(procedure_code=MARITAL, applicant_id=own, by=lan, at=moment(AT))
    assert refused(lambda: get_draft(token=draft.token, by=binh)).code == "draft.unknown"
    assert (
        refused(lambda: save_draft(token=draft.token, by=binh, at=moment(AT), answers={"a": 1})).code == "draft.unknown"
    )
    assert list_drafts(by=binh) == []
    discard_draft(token=draft.token, by=binh)
    assert get_draft(token=draft.token, by=lan).pk == draft.pk
    start = refused(lambda: start_draft(procedure_code=MARITAL, applicant_id=own, by=binh, at=moment(AT)))
    assert start.code == "filing.not_permitted"
    discard_draft(token=draft.token, by=lan)
    discard_draft(token=draft.token, by=lan)
    assert not Draft.objects.exists()


# -- reception ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "due", "handed_over_by"),
    [
        # Monday 6 April; three working days are Thursday. Before 15:00 the dossier goes on the same day
        ("2026-04-06 09:00", "2026-04-09 17:00", "2026-04-06 17:00"),
        ("2026-04-06 15:00", "2026-04-09 17:00", "2026-04-06 17:00"),
        # after 15:00 the clock starts on Tuesday, a whole day that counts: Tuesday, Wednesday, Thursday
        ("2026-04-06 15:01", "2026-04-09 17:00", "2026-04-07 07:00"),
        # on a Saturday: Monday, Tuesday, Wednesday
        ("2026-04-11 09:00", "2026-04-15 17:00", "2026-04-13 07:00"),
    ],
)
def test_the_promise(world: World, accepted: str, due: str, handed_over_by: str) -> None:
    play = filed(world)
    row = accept(code=play.code, by=world.officer("minh", accepted), at=moment(accepted))
    assert row.due_at == row.indicator_due_at == row.appointed_at == moment(due)
    assert row.step_due_at == moment(handed_over_by)


def test_a_house_takes_seven_days_other_works_longer(world: World) -> None:
    dues = {}
    for case in ("nhà ở riêng lẻ", ""):
        papers = {"LAND_PAPERS": "Giấy chứng nhận", "DESIGN": "Bản vẽ"}
        play = world.stage.file(
            BUILDING,
            "thao",
            VAN_DON,
            "2026-05-18 08:00",
            answers=answers.building("thao", VAN_DON),
            papers=papers,
            case=case,
        )
        by = world.by(play, Role.ONE_STOP_OFFICER, "2026-05-18 10:00")
        dues[case] = accept(code=play.code, by=by, at=moment("2026-05-18 10:00")).due_at
    # Monday 18 May: seven working days are Wednesday 27, ten are Monday 1 June
    assert dues == {"nhà ở riêng lẻ": moment("2026-05-27 17:00"), "": moment("2026-06-01 17:00")}


def counter(world: World) -> Play:
    return world.stage.file(
        BIRTH, "oanh", HONG_GAI, "2026-04-06 08:00", answers=answers.birth("oanh"),
        papers={"BIRTH_NOTICE": "Giấy chứng sinh", "FORM_BIRTH": "Tờ khai"},
        channel=Channel.COUNTER, filer=Filer.BY_OFFICER, way=ReturnWay.COUNTER,
    )  # fmt: skip


def test_paper_is_accepted_only_once_it_is_scanned(world: World) -> None:
    play, minh = counter(world), world.officer("minh", AT)
    error = refused(lambda: accept(code=play.code, by=minh, at=moment(AT)))
    assert isinstance(error, Invalid)
    assert {(fault.field, fault.code) for fault in error.faults} == {
        ("BIRTH_NOTICE", "not_digitised"), ("FORM_BIRTH", "not_digitised"),
    }  # fmt: skip
    play.digitise("2026-04-06 08:30")
    assert accept(code=play.code, by=minh, at=moment(AT)).state == State.ACCEPTED
    scans = DossierPart.objects.filter(given=Given.SCAN)
    assert {(part.digitised_by_id, part.digitised_at) for part in scans} == {
        (minh.posting_id, moment("2026-04-06 08:30"))
    }


@pytest.mark.parametrize(
    "scans",
    [
        (),
        (PartGiven("NOT_ASKED_FOR", Given.SCAN, "a" * 64),),
        (PartGiven("BIRTH_NOTICE", Given.FILE, "a" * 64),),
        (PartGiven("BIRTH_NOTICE", Given.SCAN, "a" * 64), PartGiven("X", Given.SCAN, "a" * 64)),
    ],
)
def test_only_scans_of_what_is_asked_for_are_kept(world: World, scans: tuple[PartGiven, ...]) -> None:
    play = counter(world)
    error = refused(lambda: digitise(code=play.code, scans=scans, by=world.officer("minh", AT), at=moment(AT)))
    assert error.code == "digitise.nothing_to_scan"
    assert not DossierPart.objects.filter(given=Given.SCAN).exists()


# -- supplements ----------------------------------------------------------------------------------


def ask(world: World, play: Play, at: str, **more: Any) -> Dossier:
    by = world.by(play, more.pop("role", Role.SPECIALIST), at)
    return request_supplement(code=play.code, items=more.pop("items", (OLD_RULING,)), by=by, at=moment(at), **more)


def answer(world: World, play: Play, at: str, **more: Any) -> Dossier:
    parts = more.pop("parts", (PartGiven("MARITAL_STATUS_OLD", Given.FILE, "a" * 64, "x.pdf", 9, "application/pdf"),))
    return answer_supplement(code=play.code, parts=parts, by=world.applicant(play.who, at), at=moment(at), **more)


def test_asked_before_acceptance_no_clock_runs_and_the_desk_checks_anew(world: World) -> None:
    play = filed(world)
    ask(world, play, "2026-04-06 09:00", role=Role.ONE_STOP_OFFICER)
    row = answer(world, play, "2026-04-08 13:30")
    assert (row.state, row.due_at, row.waiting_from) == (State.SUBMITTED, None, None)
    # eight working hours from Wednesday 13:30: 210 min that day, 270 on Thursday morning
    assert row.step_due_at == moment("2026-04-09 11:30")
    assert accept(code=play.code, by=world.officer("minh", AT), at=moment("2026-04-08 14:00")).supplements == 1


def test_all_objections_to_a_request_at_once(world: World) -> None:
    play = filed(world).accept("2026-04-06 09:00")
    error = refused(lambda: ask(world, play, "2026-04-06 10:00", items=()))
    assert error.reasons == ("supplement.nothing_asked",)  # type: ignore[attr-defined]
    free = replace(OLD_RULING, document="LETTER", why="", ground="")
    # accepted Monday; Friday is the fourth working day after
    error = refused(lambda: ask(world, play, "2026-04-10 10:00", items=(free,)))
    assert set(error.reasons) == {  # type: ignore[attr-defined]
        "supplement.not_on_the_published_list", "supplement.without_reason", "supplement.without_ground",
        "supplement.too_late",
    }  # fmt: skip
    assert ask(world, play, "2026-04-09 16:00").state == State.WAITING_SUPPLEMENT  # the third is in time


def test_a_second_request_needs_a_leader_of_this_agency_and_his_reason(world: World) -> None:
    play = filed(world).accept("2026-04-06 09:00")
    ask(world, play, "2026-04-06 10:00")
    answer(world, play, "2026-04-06 11:00")
    assert "supplement.second_needs_the_head" in refused(lambda: ask(world, play, "2026-04-07 08:00")).reasons  # type: ignore[attr-defined]
    quang, long = (world.officer(name, AT).post_code for name in ("quang", "long.coto"))
    hoa = world.by(play, Role.SPECIALIST, AT).post_code
    for post, reason in ((quang, ""), (long, "Có lỗi mới."), (hoa, "Có lỗi mới.")):
        more = {"countersigned_by": post, "reason": reason}
        error = refused(lambda more=more: ask(world, play, "2026-04-07 08:00", **more))
        assert error.code == "supplement.countersigned_by_no_leader"
    ask(world, play, "2026-04-07 08:00", countersigned_by=quang, reason="Có lỗi mới.")
    assert [item.round for item in list_supplement_requests(get_unscoped(play.code))] == [1, 2]


def test_an_answer_has_to_answer_and_to_fit_the_form(world: World) -> None:
    play = filed(world).accept("2026-04-06 09:00")
    ask(world, play, "2026-04-06 10:00")
    assert refused(lambda: answer(world, play, "2026-04-06 11:00", parts=())).code == "supplement.nothing_answered"
    error = refused(lambda: answer(world, play, "2026-04-06 11:00", parts=(), answers={"purpose": ""}))
    assert isinstance(error, Invalid)
    assert [fault.field for fault in error.faults] == ["purpose"]
    row = answer(world, play, "2026-04-06 11:00", parts=(), answers={"purpose": "Vay vốn"})
    assert row.answers["purpose"] == "Vay vốn"
    assert row.answers["applicant_name"] == "Trần Văn Bình"
    assert not SupplementRequest.objects.filter(answered_at=None).exists()


def test_nobody_else_answers(world: World) -> None:
    play = filed(world).accept("2026-04-06 09:00")
    ask(world, play, "2026-04-06 10:00")
    stranger = replace(play, who="lan")
    assert isinstance(refused(lambda: answer(world, stranger, "2026-04-06 11:00")), NotFound)


# -- ends -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reasons", "found"),
    [
        ((), {"refusal.no_reason"}),
        ((Reason(" ", "x"),), {"refusal.empty_reason"}),
        ((REASON, Reason("x", " ")), {"refusal.no_ground"}),
    ],
)
def test_a_refusal_without_its_reasons_is_refused(world: World, reasons: tuple[Reason, ...], found: set[str]) -> None:
    play, minh = filed(world), world.officer("minh", AT)
    error = refused(lambda: refuse(code=play.code, reasons=reasons, by=minh, at=moment(AT)))
    assert set(error.reasons) == found  # type: ignore[attr-defined]


def test_stopping_needs_its_reason_too(world: World) -> None:
    play, minh = filed(world).accept("2026-04-06 09:00"), world.officer("minh", AT)
    ask(world, play, "2026-04-06 10:00")
    empty, at = Reason("", " "), moment("2026-05-06 10:00")
    error = refused(lambda: stop(code=play.code, reason=empty, by=minh, at=at))
    assert set(error.reasons) == {"refusal.empty_reason", "refusal.no_ground"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("end", ["stop", "withdraw"])
def test_an_end_while_waiting_closes_the_question(world: World, end: str) -> None:
    play = filed(world).accept("2026-04-06 09:00")
    ask(world, play, "2026-04-06 10:00")
    at = moment("2026-05-06 10:00")
    if end == "stop":
        row = stop(code=play.code, reason=REASON, by=world.officer("minh", AT), at=at)
    else:
        row = withdraw(code=play.code, reason="", by=world.applicant("binh", AT), at=at)
    assert row.state == (State.STOPPED if end == "stop" else State.WITHDRAWN)
    assert row.finished_at == at
    assert not SupplementRequest.objects.filter(answered_at=None).exists()
