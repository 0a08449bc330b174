"""A petition from filing to the rated answer: clocks, rights on the row, one signed entry a deed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from onestop.accounts.rules import SYSTEM, Principal
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import moment
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.errors import Invalid, NotFound, OneStopError, Refused, Stale
from onestop.feedback.models import Petition
from onestop.feedback.operations.filing import file_petition
from onestop.feedback.operations.handling import (
    answer_petition,
    ask_petitioner,
    assign_petition,
    extend_petition,
    publish_answer,
    refuse_petition,
    verify_petition,
)
from onestop.feedback.operations.petitioning import clarify_petition, rate_answer
from onestop.feedback.queries.petitions import (
    Wanted,
    deeds_for,
    find_by_code_and_contact,
    get_petition,
    list_deeds,
    list_own,
    list_petitions,
    list_published,
    list_same,
    scope,
)
from onestop.feedback.rules.duties import permits
from onestop.feedback.rules.petitions import Outcome, PetitionDeed, PetitionState, Said, Topic
from onestop.journal.queries import audit
from tests.results.cases import returned
from tests.world import World

DAY = "2026-03-09"  # a Monday
SAID = Said("Cán bộ to tiếng", "Sáng nay cán bộ tiếp dân to tiếng với tôi.", Topic.CONDUCT)
PHONE = Said("Chậm trả kết quả", "Quá hạn ba ngày mà chưa ai báo.", Topic.DELAY, phone="0912 345 678")


def refused(deed: Callable[[], Any]) -> OneStopError:
    with pytest.raises(OneStopError) as caught, transaction.atomic():
        deed()
    return caught.value


def at(text: str) -> Any:
    return moment(text if " " in text else f"{DAY} {text}")


def filed(world: World, said: Said = SAID, **more: Any) -> Petition:
    """Lan's petition about Hồng Gai, Monday at nine."""
    unit = world.stage.unit_code(HONG_GAI)
    by = SYSTEM if said.phone else world.applicant("lan", f"{DAY} 09:00")
    return file_petition(said=said, by=by, at=at("09:00"), unit=unit, **more)


def control(world: World) -> Principal:
    return world.officer("kiemsoat", f"{DAY} 10:00")


def leader(world: World) -> Principal:
    return world.officer("quang", f"{DAY} 10:00")


def assigned(world: World, said: Said = SAID, post: str = "", **more: Any) -> Petition:
    row = filed(world, said, **more)
    agency = world.stage.unit_code(HONG_GAI)
    return assign_petition(
        code=row.code, topic=said.topic, agency=agency, complained_post=post, by=control(world), at=at("10:00")
    )


def test_it_is_due_fifteen_working_days_on_and_its_words_stay_out_of_the_journal(world: World) -> None:
    row = filed(world)
    assert (row.code, row.state, row.account_id) == (
        "PA-260309-0001",
        "filed",
        world.applicant("lan", DAY + " 09:00").account_id,
    )
    assert row.due_at == moment("2026-03-30 17:00")
    (entry,) = list_deeds(row)
    assert entry.kind == "file_petition"
    assert set(entry.payload) == {"petition", "topic", "unit", "text", "due_at"}
    assert "to tiếng" not in str(entry.payload)
    assert filed(world).code == "PA-260309-0002"


def test_without_an_account_it_needs_somewhere_to_answer_to(world: World) -> None:
    nowhere = Said("Chậm trả kết quả", "Quá hạn ba ngày mà chưa ai báo.", Topic.DELAY)
    error = refused(lambda: file_petition(said=nowhere, by=SYSTEM, at=at("09:00")))
    assert isinstance(error, Invalid)
    assert [fault.code for fault in error.faults] == ["petition.nowhere_to_answer"]
    row = filed(world, PHONE)
    assert find_by_code_and_contact(row.code.lower(), "0912.345.678") == row
    assert find_by_code_and_contact(row.code, "0912345679") is None
    assert find_by_code_and_contact(row.code, "") is None


def test_the_whole_life_leaves_one_signed_entry_a_deed(world: World) -> None:
    row = assigned(world, may_be_public=True)
    answer_petition(code=row.code, answer="Đã nhắc nhở và xin lỗi.", by=leader(world), at=at("2026-03-12 09:00"))
    row = publish_answer(code=row.code, by=control(world), at=at("2026-03-13 09:00"))
    verify_petition(
        code=row.code, outcome=Outcome.UPHELD, reason="Có camera.", by=control(world), at=at("2026-03-13 10:00")
    )
    lan = world.applicant("lan", "2026-03-14 09:00")
    row = rate_answer(code=row.code, satisfied=True, by=lan, at=at("2026-03-14 09:00"))
    kinds = [entry.kind for entry in list_deeds(row)]
    assert kinds == [
        "file_petition", "assign_petition", "answer_petition", "publish_answer", "verify_petition", "rate_answer",
    ]  # fmt: skip
    assert (row.state, row.satisfied, row.publish_due_at) == ("answered", True, moment("2026-03-16 17:00"))
    assert [item.code for item in list_published().rows] == [row.code]
    assert refused(lambda: rate_answer(code=row.code, satisfied=False, by=lan, at=at("2026-03-14 10:00"))).code == (
        "petition.answer_rated"
    )
    assert not audit().breaks


def test_while_the_petitioner_is_asked_the_clock_stands_and_runs_on_afterwards(world: World) -> None:
    row = filed(world, PHONE)
    ask_petitioner(code=row.code, question="Hồ sơ mã nào?", by=control(world), at=at("2026-03-10 09:00"))
    late = list_petitions(by=control(world), wanted=Wanted(only_late=True), at=at("2026-05-01 09:00"))
    assert late.rows == ()
    words = {"code": row.code, "words": "Mã H49.26.01-260302-0001.", "by": SYSTEM, "at": at("2026-03-12 09:00")}
    assert isinstance(refused(lambda: clarify_petition(**words, contact="0900000000")), NotFound)
    row = clarify_petition(**words, contact="0912345678")
    assert (row.state, row.due_at, row.waits_from) == ("filed", moment("2026-04-01 17:00"), None)
    assert "Mã H49" in row.text


def test_a_refusal_comes_within_two_days_and_a_question_within_five(world: World) -> None:
    row = filed(world)
    in_time, too_late = at("2026-03-11 17:00"), at("2026-03-11 17:01")
    reason = {"code": row.code, "reason": "Không thuộc phạm vi.", "by": control(world)}
    assert refused(lambda: refuse_petition(**reason, at=too_late)).code == "petition.refused_too_late"
    ask = {"code": row.code, "question": "Ở đâu?", "by": control(world)}
    assert refused(lambda: ask_petitioner(**ask, at=at("2026-03-17 09:00"))).code == "petition.asked_too_late"
    assert refuse_petition(**reason, at=in_time).state == PetitionState.REFUSED


def test_it_is_extended_once_by_the_leader_with_a_reason(world: World) -> None:
    row = assigned(world)
    more = {"code": row.code, "by": leader(world), "at": at("2026-03-12 09:00")}
    assert isinstance(refused(lambda: extend_petition(days=5, reason=" ", **more)), Invalid)
    row = extend_petition(days=5, reason="Phải xác minh thêm.", **more)
    assert (row.due_at, row.extensions) == (moment("2026-04-06 17:00"), 1)
    assert refused(lambda: extend_petition(days=5, reason="Nữa.", **more)).code == "petition.extended_already"


def test_whoever_is_complained_of_neither_sees_nor_judges_it(world: World) -> None:
    quang = leader(world)
    row = assigned(world, post=quang.post_code)
    assert deeds_for(row, quang) == frozenset()
    assert isinstance(refused(lambda: get_petition(row.code, by=quang)), NotFound)
    assert list_petitions(by=quang, wanted=Wanted(), at=at("11:00")).rows == ()
    answer = {"code": row.code, "answer": "Không có gì.", "by": quang, "at": at("11:00")}
    assert isinstance(refused(lambda: answer_petition(**answer)), NotFound)
    assert get_petition(row.code, by=control(world)) == row
    assert get_petition(row.code, by=world.officer("lanhdao", f"{DAY} 11:00")) == row


def test_it_is_there_for_its_petitioner_and_for_nobody_else(world: World) -> None:
    row = assigned(world)
    lan, binh = (world.applicant(name, f"{DAY} 11:00") for name in ("lan", "binh"))
    assert get_petition(row.code, by=lan) == row
    assert list_own(by=lan) == (row,)
    assert list_own(by=binh) == ()
    for name in ("hoa", "minh", "long.coto"):
        assert isinstance(
            refused(lambda name=name: get_petition(row.code, by=world.officer(name, f"{DAY} 11:00"))), NotFound
        )
    assert isinstance(refused(lambda: get_petition(row.code, by=binh)), NotFound)
    stale = {"code": row.code, "answer": "Đã rõ.", "by": leader(world), "at": at("11:00"), "seen": 1}
    assert isinstance(refused(lambda: answer_petition(**stale)), Stale)


def test_rule_and_sql_agree_on_who_reads_what(world: World) -> None:
    from onestop.feedback.queries.petitions import rights_of

    quang = leader(world)
    rows = [filed(world), filed(world, PHONE), assigned(world), assigned(world, post=quang.post_code)]
    rows.append(file_petition(said=PHONE, by=SYSTEM, at=at("09:30")))
    readers = [world.officer(name, f"{DAY} 11:00") for name in ("quang", "kiemsoat", "lanhdao", "long.coto", "hoa")]
    readers += [world.applicant(name, f"{DAY} 11:00") for name in ("lan", "binh")]
    seen = set()
    for by in (*readers, SYSTEM):
        ruled = {row.pk for row in rows if permits(PetitionDeed.READ, by, rights_of(row))}
        assert set(Petition.objects.filter(scope(by)).values_list("pk", flat=True)) == ruled, by.name
        seen.add(len(ruled))
    assert len(seen) > 3  # there was something to see, and something that could leak


def test_a_verdict_is_of_somebody_else_than_who_answered(world: World) -> None:
    row = assigned(world, PHONE)
    verdict = {"code": row.code, "outcome": Outcome.UNTRUE, "reason": "Không có.", "at": at("11:00")}
    assert isinstance(refused(lambda: verify_petition(**verdict, by=leader(world))), Refused)
    row = verify_petition(**verdict, by=control(world))
    assert (row.outcome, row.state) == ("untrue", "assigned")


def test_about_a_dossier_it_stands_in_the_figures_until_found_untrue(world: World) -> None:
    from onestop.facts.queries.facts import list_facts

    play = returned(world)
    dossier = get_unscoped(play.code)
    lan = world.applicant("lan", "2026-04-07 09:00")
    row = file_petition(said=SAID, by=lan, at=moment("2026-04-07 09:00"), dossier=dossier)
    assert (row.unit_id, row.dossier_id) == (dossier.competent_unit_id, dossier.pk)

    def complaints(when: str) -> list[int]:
        facts = list_facts(as_of=moment(when), period_from=moment("2026-01-01 00:00"))
        return [item.complaints for item in facts if item.stream == dossier.pk]

    assert (complaints("2026-04-07 08:00"), complaints("2026-04-07 10:00")) == ([0], [1])
    agency = dossier.competent_unit.code
    assign_petition(code=row.code, topic=Topic.CONDUCT, agency=agency, by=control(world), at=moment("2026-04-07 10:00"))
    told = {"code": row.code, "reason": "Xem camera: không có.", "by": control(world)}
    verify_petition(**told, outcome=Outcome.UNTRUE, at=moment("2026-04-08 09:00"))
    assert (complaints("2026-04-08 08:00"), complaints("2026-04-08 10:00")) == ([1], [0])


def test_the_centre_links_what_is_said_again(world: World) -> None:
    first, again = filed(world), filed(world)
    assert list_same(again) == (first,)
    agency = world.stage.unit_code(HONG_GAI)
    link = {"code": again.code, "topic": Topic.CONDUCT, "agency": agency, "by": control(world), "at": at("10:00")}
    unknown = refused(lambda: assign_petition(**link, repeats="PA-260101-0001"))
    assert isinstance(unknown, Invalid)
    assert assign_petition(**link, repeats=first.code).repeats == first
    assert list_deeds(again)[-1].payload["repeats"] == first.code


def test_a_list_turns_its_pages_without_losing_or_doubling(world: World, django_assert_num_queries: Any) -> None:
    codes = {filed(world).code for _ in range(5)}
    by, after, seen = control(world), "", []
    for _ in range(3):
        with django_assert_num_queries(1):
            page = list_petitions(by=by, wanted=Wanted(), at=at("11:00"), size=2, after=after)
            told = [(row.unit.name(), row.agency, row.dossier) for row in page.rows]
        assert told
        seen += [row.code for row in page.rows]
        after = page.next_key
    assert (len(seen), set(seen), after) == (5, codes, "")
