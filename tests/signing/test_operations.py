"""Signing and sealing: the order, what is refused, and a paper that is sent back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from onestop.accounts.rules import Role
from onestop.demo import answers
from onestop.demo.cast import CO_TO, HONG_GAI, VAN_DON
from onestop.demo.stage import Play, moment
from onestop.documents.ports import store
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.dossiers.rules.filing import Channel, Filer, ReturnWay
from onestop.dossiers.rules.states import State
from onestop.errors import Invalid, NotFound, OneStopError, Refused
from onestop.intake.rules.reasons import Reason
from onestop.intake.rules.supplement import SupplementItem
from onestop.journal.queries import list_entries
from onestop.results.operations import return_result
from onestop.signing.models import ResultPaper
from onestop.signing.operations import approve, approve_many, seal, seal_many, sign_and_approve, sign_and_approve_many
from onestop.signing.queries import preview_paper
from onestop.signing.rules import paper_for
from onestop.validation.queries import verify_pdf
from tests.world import World

MARITAL, HOUSEHOLD = "1.004873", "1.001612"
DAY = "2026-04-06"


def refused(deed: Callable[[], Any]) -> OneStopError:
    with pytest.raises(OneStopError) as caught, transaction.atomic():
        deed()
    return caught.value


def appraised(world: World, who: str = "lan", reasons: tuple[Reason, ...] = ()) -> Play:
    """A certificate of marital status, on the leader's table."""
    agency = CO_TO if who == "kien" else HONG_GAI
    play = world.stage.file(MARITAL, who, agency, f"{DAY} 08:00", answers=answers.marital(who))
    return play.accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20", reasons=reasons)


def test_one_of_three_is_refused_the_others_are_signed_and_sealed(world: World) -> None:
    lan, binh, tam = (
        appraised(world, "lan"),
        appraised(world, "binh", (Reason("Đang có vợ.", "123/2015/NĐ-CP Đ22"),)),
        appraised(world, "tam"),
    )
    quang, thu = (world.by(lan, role, f"{DAY} 09:00") for role in (Role.LEADER, Role.CLERK))
    codes = [lan.code, binh.code, tam.code, lan.code]
    outcomes = sign_and_approve_many(codes=codes, by=quang, at=moment(f"{DAY} 09:00"))
    assert [outcome.code for outcome in outcomes] == [lan.code, binh.code, tam.code]  # one named twice is done once
    assert [outcome.error.code if outcome.error else "" for outcome in outcomes] == ["", "signing.refusal_proposed", ""]
    assert [get_unscoped(code).step for code in codes[:3]] == ["seal", "approve", "seal"]
    assert [paper.number.split("/")[0] for paper in ResultPaper.objects.order_by("pk")] == ["1", "2"]
    outcomes = seal_many(codes=codes, by=thu, at=moment(f"{DAY} 09:10"))
    assert [outcome.error is None for outcome in outcomes] == [True, False, True]
    assert [get_unscoped(code).state for code in codes[:3]] == [State.PROCESSED, State.IN_PROCESS, State.PROCESSED]


def test_the_leader_cannot_approve_past_the_signature(world: World) -> None:
    play = appraised(world)
    quang = world.by(play, Role.LEADER, f"{DAY} 09:00")
    error = refused(lambda: approve(code=play.code, by=quang, at=moment(f"{DAY} 09:00")))
    assert error.code == "process.other_step"
    outcomes = approve_many(codes=[play.code], by=quang, at=moment(f"{DAY} 09:00"))
    assert outcomes[0].error is not None
    assert not ResultPaper.objects.exists()


def test_nothing_is_sealed_before_it_is_signed(world: World) -> None:
    play = appraised(world)
    thu = world.by(play, Role.CLERK, f"{DAY} 09:00")
    assert isinstance(refused(lambda: seal(code=play.code, by=thu, at=moment(f"{DAY} 09:00"))), (Refused, NotFound))
    minh = world.by(play, Role.ONE_STOP_OFFICER, f"{DAY} 09:00")
    error = refused(lambda: return_result(code=play.code, by=minh, at=moment(f"{DAY} 09:00")))
    assert error.code == "dossier.wrong_state"


def test_the_head_of_a_division_does_not_sign(world: World) -> None:
    play = world.stage.file(HOUSEHOLD, "tam", HONG_GAI, f"{DAY} 08:00", answers=answers.household("tam"))
    play.accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20")
    loan = world.by(play, Role.DIVISION_HEAD, f"{DAY} 09:00")
    error = refused(lambda: sign_and_approve(code=play.code, by=loan, at=moment(f"{DAY} 09:00")))
    assert error.code == "process.other_step"


def test_a_paper_sent_back_is_signed_anew_under_its_number(world: World) -> None:
    play = appraised(world, "tam").sign(f"{DAY} 09:00")
    first = ResultPaper.objects.get()
    play.send_back(f"{DAY} 09:10", "Sai mục đích sử dụng.", Role.CLERK)
    play.send_back(f"{DAY} 09:20", "Xem lại mục đích.", Role.LEADER)
    item = SupplementItem("FORM", "Mục đích ghi chưa rõ.", "Ghi rõ mục đích.", "123/2015/NĐ-CP Đ22")
    play.ask(f"{DAY} 09:30", item)
    play.answer("2026-04-07 08:00", {}, {"purpose": "Bổ sung hồ sơ vay vốn"})
    play.appraise("2026-04-07 08:30").sign("2026-04-07 09:00")
    again = ResultPaper.objects.get()
    assert again.number == first.number
    assert again.signed_sha256 != first.signed_sha256
    assert again.content["purpose"] == "Bổ sung hồ sơ vay vốn"
    play.seal("2026-04-07 09:10").return_result("2026-04-07 09:20")
    row = get_unscoped(play.code)
    signed = [entry.payload["sha256"] for entry in list_entries(row.pk) if entry.kind == "sign"]
    assert signed == [first.signed_sha256, again.signed_sha256]  # the one thrown away stays on record
    assert verify_pdf(store().get(ResultPaper.objects.get().sealed_sha256)).valid
    other = appraised(world, "lan").sign(f"{DAY} 09:30")
    assert ResultPaper.objects.get(dossier__code=other.code).number.split("/")[0] == "2"


def test_a_field_left_empty_at_the_desk_is_named_not_stumbled_over(world: World) -> None:
    given = {name: value for name, value in answers.birth().items() if name != "child_sex"}
    papers = {"BIRTH_NOTICE": "Giấy chứng sinh", "FORM_BIRTH": "Tờ khai"}
    play = world.stage.file(
        "1.001193", "lan", HONG_GAI, f"{DAY} 08:00", answers=given, papers=papers, channel=Channel.COUNTER,
        filer=Filer.BY_OFFICER, way=ReturnWay.COUNTER,
    )  # fmt: skip
    play.digitise(f"{DAY} 08:05").accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20")
    quang = world.by(play, Role.LEADER, f"{DAY} 09:00")
    error = refused(lambda: sign_and_approve(code=play.code, by=quang, at=moment(f"{DAY} 09:00")))
    assert isinstance(error, Invalid)
    assert [(fault.field, fault.code) for fault in error.faults] == [("child_sex", "field.required")]
    assert not ResultPaper.objects.exists()  # nor is a number used up
    assert get_unscoped(play.code).step == "approve"


def test_a_preview_has_no_number_and_no_signature(world: World) -> None:
    play = appraised(world)
    quang = world.by(play, Role.LEADER, f"{DAY} 09:00")
    pdf = preview_paper(get_unscoped(play.code), by=quang, on=moment(DAY).date())
    assert pdf.startswith(b"%PDF")
    assert not verify_pdf(pdf).signatures


def test_a_result_goes_the_way_chosen_and_only_if_it_exists(world: World) -> None:
    play = appraised(world).sign(f"{DAY} 09:00").seal(f"{DAY} 09:10")
    play.return_result(f"{DAY} 09:20", ReturnWay.COUNTER)
    entry = list_entries(get_unscoped(play.code).pk)[-1]
    assert entry.payload == {
        "way": 0, "electronic": True, "sha256": ResultPaper.objects.get().sealed_sha256,
    }  # fmt: skip


def test_an_electronic_return_of_nothing_is_refused(world: World) -> None:
    play = appraised(world).sign(f"{DAY} 09:00").seal(f"{DAY} 09:10")
    with transaction.atomic():
        ResultPaper.objects.all().delete()
    minh = world.by(play, Role.ONE_STOP_OFFICER, f"{DAY} 09:20")
    deed = {"code": play.code, "by": minh, "at": moment(f"{DAY} 09:20")}
    assert refused(lambda: return_result(**deed)).code == "result.nothing_electronic"
    assert return_result(**deed, way=ReturnWay.COUNTER).state == State.RETURNED


def test_who_seals_for_another_agency_is_nobody(world: World) -> None:
    play = appraised(world).sign(f"{DAY} 09:00")
    for agency in ("mai.coto", "yen.vandon"):
        by = world.officer(agency, f"{DAY} 09:00")
        error = refused(lambda by=by: seal(code=play.code, by=by, at=moment(f"{DAY} 09:10")))
        assert error.code == "dossier.unknown"
    assert VAN_DON
    assert Dossier.objects.get(code=play.code).state == State.IN_PROCESS


def test_each_procedure_of_the_demo_has_a_paper_of_its_own(world: World) -> None:
    from onestop.catalogue.queries import get_content, get_version_in_force

    for code in ("1.001193", "1.004873", "2.000635", "1.001612", "1.013225", "3.000333", "1.001699", "2.000205"):
        paper = paper_for(get_content(get_version_in_force(code, moment(DAY).date()).pk))
        assert paper is not None
        assert paper.template != "decision"
