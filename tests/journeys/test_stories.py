"""Every promise of the law, kept or broken as the story says: states, due moments worked out by hand, entries, actors.

Office hours are 07:00-11:30 and 13:30-17:00, so a working day has 480 minutes, 270 of them in the morning. All moments
are local. A limit in working days is counted to the minute and then on to the close of that day.
"""

from datetime import datetime
from typing import Any

import pytest

from onestop.accounts.models import Account
from onestop.demo.stage import moment
from onestop.dossiers.models import Dossier, SupplementRequest
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.dossiers.rules.states import State
from onestop.journal.queries import find_fault, list_entries
from onestop.process.models import Consultation
from onestop.signing.models import ResultPaper

Codes = dict[str, str]
SIGNED = ("sign", "approve", "seal", "return_result")


def told(code: str) -> tuple[Dossier, list[tuple[str, str]]]:
    """The row, and what happened by whom (log-in, or `portal`); every entry's own signature holds."""
    row = get_unscoped(code)
    entries = list_entries(row.pk)
    assert [find_fault(entry) for entry in entries] == [None] * len(entries)
    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
    names = dict(Account.objects.values_list("pk", "username"))
    return row, [(entry.kind, names[int(entry.actor.split(":")[1])]) for entry in entries]


def kinds(deeds: list[tuple[str, str]]) -> list[str]:
    return [kind for kind, _ in deeds]


def dues(row: Dossier) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("due_at", "indicator_due_at", "appointed_at")}


def all_due(text: str) -> dict[str, datetime]:
    return dict.fromkeys(("due_at", "indicator_due_at", "appointed_at"), moment(text))


def test_a_birth_filed_in_the_morning_is_certified_the_same_day(played: Codes) -> None:
    row, deeds = told(played["birth_the_same_day"])
    assert row.state == State.RETURNED
    assert deeds == [
        ("submit", "lan"),
        ("accept", "minh"),
        ("hand_over", "minh"),
        ("appraise", "hoa"),
        ("sign", "quang"),
        ("approve", "quang"),
        ("seal", "thu"),
        ("return_result", "minh"),
    ]
    # "the same day": accepted Tuesday 09:45, before 15:00, so by the close of Tuesday
    assert dues(row) == all_due("2026-03-10 17:00")
    assert row.clock_from == moment("2026-03-10 09:45")
    assert (row.finished_at, row.returned_at) == (moment("2026-03-10 14:25"), moment("2026-03-10 14:40"))


def test_a_birth_brought_after_three_counts_from_the_next_morning(played: Codes) -> None:
    row, deeds = told(played["birth_after_three"])
    assert deeds[:4] == [("submit", "minh"), ("digitise", "minh"), ("accept", "minh"), ("hand_over", "minh")]
    # accepted Wednesday 15:55, after 15:00: the clock starts on Thursday at the opening, the same day is Thursday
    assert row.accepted_at == moment("2026-03-11 15:55")
    assert row.clock_from == moment("2026-03-12 07:00")
    assert dues(row) == all_due("2026-03-12 17:00")
    assert row.finished_at == moment("2026-03-12 10:40")
    scans = [(part.document, part.given, part.digitised_at is not None) for part in row.parts.all()]
    assert ("BIRTH_NOTICE", "scan", True) in scans
    assert ("BIRTH_NOTICE", "paper", False) in scans


def test_a_supplement_keeps_both_due_moments(played: Codes) -> None:
    row, deeds = told(played["marital_status_with_a_supplement"])
    assert kinds(deeds) == [
        "submit", "accept", "hand_over", "request_supplement", "answer_supplement", "appraise", *SIGNED,
    ]  # fmt: skip
    assert deeds[3:5] == [("request_supplement", "hoa"), ("answer_supplement", "binh")]
    entries = list_entries(row.pk)
    # accepted Monday 6 April 09:00, three working days: Thursday 9 April 09:00, on to the close
    assert entries[1].payload["due_at"] == moment("2026-04-09 17:00").isoformat()
    # answered Thursday 20:30, so the legal time starts afresh on Friday at the opening: Friday, Monday, Tuesday
    assert row.clock_from == moment("2026-04-10 07:00")
    assert row.due_at == row.appointed_at == moment("2026-04-14 17:00")
    # waited from Tuesday 10:00 (90 + 210 min left), all Wednesday and Thursday (960) until Friday 07:00: 1260 min.
    # From the close of Thursday: Friday 480, Monday 480, then 300 min into Tuesday: 270 until 11:30, 30 from 13:30
    assert row.indicator_due_at == moment("2026-04-14 14:00")
    assert row.waiting_from is None
    asked = SupplementRequest.objects.get(dossier=row)
    assert (asked.round, asked.asked_at, asked.answered_at) == (
        1,
        moment("2026-04-07 10:00"),
        moment("2026-04-09 20:30"),
    )


def test_an_extract_is_settled_at_once_by_the_short_process(played: Codes) -> None:
    row, deeds = told(played["extract_at_once"])
    assert kinds(deeds) == ["submit", "accept", "hand_over", "appraise", *SIGNED]
    assert deeds[0] == ("submit", "hai.coto")
    assert (row.filer, row.process.split("@")[0]) == ("assisted", "at-once")
    assert dues(row) == all_due("2026-05-12 17:00")


def test_a_holiday_is_not_counted(played: Codes) -> None:
    row, deeds = told(played["household_business_across_the_holiday"])
    assert deeds[3:5] == [("appraise", "giang"), ("approve", "loan")]
    # accepted Wednesday 29 April 14:30; Thursday and Friday are holidays: Monday 4, Tuesday 5, Wednesday 6 May
    assert dues(row) == all_due("2026-05-06 17:00")
    assert row.state == State.RETURNED


def test_a_refusal_names_all_its_reasons(played: Codes) -> None:
    row, deeds = told(played["household_business_refused"])
    assert row.state == State.STOPPED
    assert deeds[-1] == ("refuse", "long.coto")
    refusal = list_entries(row.pk)[-1].payload
    assert [reason["ground"] for reason in refusal["reasons"]] == ["168/2025/NĐ-CP Đ82", "61/2020/QH14 Đ7"]
    assert refusal["accepted"] is True
    # accepted Monday 1 June 08:40, three working days
    assert row.due_at == moment("2026-06-04 17:00")
    assert row.finished_at == moment("2026-06-03 08:30")
    assert not ResultPaper.objects.filter(dossier=row).exists()


def test_what_cannot_be_received_ends_at_the_desk_without_a_promise(played: Codes) -> None:
    row, deeds = told(played["not_received"])
    assert row.state == State.NOT_ACCEPTED
    assert deeds == [("submit", "minh"), ("refuse", "minh")]
    assert dues(row) == dict.fromkeys(dues(row))
    assert row.accepted_at is None


def test_a_consultation_runs_beside_the_line_and_a_dossier_is_sent_back_a_step(played: Codes) -> None:
    row, deeds = told(played["house_with_a_consultation"])
    assert deeds[3:5] == [("consult", "linh.vandon"), ("give_opinion", "binh.xaydung")]
    assert kinds(deeds)[5:9] == ["appraise", "approve", "send_back", "approve"]
    assert deeds[7] == ("send_back", "nam.vandon")
    # a detached house: seven working days, not ten. Monday 18 May 14:00: 19 20 21 22 25 26 and Wednesday 27
    assert dues(row) == all_due("2026-05-27 17:00")
    question = Consultation.objects.get(dossier=row)
    # asked Tuesday 08:00, three working days: Friday 08:00, on to the close; the dossier's own clock is not touched
    assert question.due_at == moment("2026-05-22 17:00")
    assert (question.agrees, question.answered_at) == (True, moment("2026-05-20 16:00"))
    back = list_entries(row.pk)[7]
    assert (back.payload["from_step"], back.payload["step"]) == ("approve", "review")


def test_an_apology_moves_the_appointment_but_not_the_law(played: Codes) -> None:
    row, deeds = told(played["house_late_with_an_apology"])
    assert deeds[4] == ("reappoint", "linh.vandon")
    # accepted Monday 6 July 08:45, seven working days: 7 8 9 10 13 14 and Wednesday 15
    assert row.due_at == row.indicator_due_at == moment("2026-07-15 17:00")
    assert row.appointed_at == moment("2026-07-20 17:00")
    assert row.reappointments == 1
    assert row.finished_at == moment("2026-07-17 09:30") > row.due_at  # late all the same


def test_ten_calendar_days_for_a_criminal_record(played: Codes) -> None:
    row, deeds = told(played["criminal_record"])
    assert deeds[1] == ("accept", "trang.congan")
    # filed Monday 8 June 21:30, online; accepted Tuesday 07:30; ten days later is Friday 19 June
    assert dues(row) == all_due("2026-06-19 17:00")


def test_twenty_five_working_days_for_a_disability(played: Codes) -> None:
    row, _ = told(played["disability_assessment"])
    # five whole weeks from Monday 2 March, no holiday among them: Monday 6 April
    assert dues(row) == all_due("2026-04-06 17:00")
    assert row.return_way == 1


def test_a_business_applies_through_who_acts_for_it(played: Codes) -> None:
    row, deeds = told(played["work_permit"])
    assert deeds[0] == ("submit", "trung")
    assert (row.filer, row.applicant.name) == ("representative", "Công ty TNHH Vịnh Xanh Hạ Long")
    assert row.state == State.RETURNED


def test_a_withdrawn_dossier_ends_and_its_files_stay(played: Codes) -> None:
    row, deeds = told(played["withdrawn"])
    assert row.state == State.WITHDRAWN
    assert deeds[-1] == ("withdraw", "kien")
    assert row.finished_at == moment("2026-06-16 09:00")
    assert row.assignee_id is None


def test_a_second_supplement_needs_the_leader_and_counts_against_the_office(played: Codes) -> None:
    row, deeds = told(played["household_business_asked_twice"])
    assert kinds(deeds)[3:7] == ["request_supplement", "answer_supplement"] * 2
    second = list_entries(row.pk)[5].payload
    assert second["round"] == 2
    assert second["countersigned_by"]
    # first: accepted Monday 08:30, due Thursday 10 September 17:00. Waited Monday 15:00 (120) and Tuesday (480) until
    # Wednesday 08:00 (60): 660 min after the close of Thursday is Monday 14 September, 180 min in: 10:00
    first = list_entries(row.pk)[4].payload
    assert first["due_at"] == moment("2026-09-14 17:00").isoformat()
    assert first["indicator_due_at"] == moment("2026-09-14 10:00").isoformat()
    # second: waited Wednesday 14:00 (180) and Thursday (480) until Friday 07:00: 660 min more. From Monday 10:00 that
    # day has 300, Tuesday's morning 270, and 90 from 13:30 are left
    assert row.indicator_due_at == moment("2026-09-15 15:00")
    # the legal time starts afresh on Friday: Friday, Monday, Tuesday
    assert row.due_at == moment("2026-09-15 17:00")
    assert row.supplements == 2


@pytest.mark.parametrize("story", ["household_business_refused", "withdrawn", "not_received", "birth_the_same_day"])
def test_an_ended_dossier_takes_no_further_deed(played: Codes, story: str) -> None:
    from onestop.accounts.rules import Role
    from onestop.demo.province import stage
    from onestop.demo.stage import Play
    from onestop.errors import Refused

    row = get_unscoped(played[story])
    play = Play(stage(), row.code, row.competent_unit.name(), row.settling_unit.code, "lan")
    for deed in (
        lambda: play.accept("2026-12-01 09:00"),
        lambda: play.refuse("2026-12-01 09:00", role=Role.ONE_STOP_OFFICER),
        lambda: play.return_result("2026-12-01 09:00"),
        lambda: play.appraise("2026-12-01 09:00"),
    ):
        with pytest.raises(Refused) as caught:
            deed()
        assert caught.value.code == "dossier.wrong_state"
    assert len(list_entries(row.pk)) == row.journal_sequence
