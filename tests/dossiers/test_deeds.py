"""What a deed refuses, and that a refused or broken deed leaves nothing behind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from onestop.accounts.rules import SYSTEM, Role
from onestop.applicants.models import ReadRecord
from onestop.demo import answers
from onestop.demo.cast import CO_TO, HONG_GAI
from onestop.demo.stage import Play, moment
from onestop.dossiers.models import CodeCounter, Dossier
from onestop.dossiers.operations.deeds import perform, posting_of
from onestop.dossiers.operations.reading import open_dossier
from onestop.dossiers.queries.dossiers import find_by_code_and_holder, get_dossier, get_unscoped
from onestop.dossiers.rules.codes import DossierCode, parse_code
from onestop.dossiers.rules.states import State, Verb
from onestop.errors import NotFound, OneStopError, Refused, Stale
from onestop.intake.operations.endings import refuse, withdraw
from onestop.intake.operations.reception import accept
from onestop.intake.rules.reasons import Reason
from onestop.journal.models import JournalEntry
from onestop.journal.operations import record
from onestop.journal.queries import list_entries
from onestop.journal.rules import GENESIS
from onestop.process.operations.steps import appraise, hand_over
from onestop.process.rules.appraisal import Proposal
from tests.world import World

MARITAL = "1.004873"
AT = "2026-04-06 09:00"


@pytest.fixture
def filed(world: World) -> Play:
    """Bình's dossier, just filed at Hồng Gai."""
    return world.stage.file(MARITAL, "binh", HONG_GAI, "2026-04-06 08:15", answers=answers.marital("binh"))


def refused(deed: Callable[[], Any]) -> OneStopError:
    with pytest.raises(OneStopError) as caught, transaction.atomic():
        deed()
    return caught.value


def test_an_unknown_code_and_somebody_elses_look_the_same(world: World, filed: Play) -> None:
    lan, hai = world.applicant("lan", AT), world.officer("hai.coto", AT)
    nowhere = str(replace(parse_code(filed.code), number=999))  # type: ignore[type-var]
    for by in (lan, hai):
        errors = [
            refused(lambda code=code, by=by: withdraw(code=code, reason="", by=by, at=moment(AT)))
            for code in (filed.code, nowhere)
        ]
        assert [type(error) for error in errors] == [NotFound, NotFound]
        assert [error.code for error in errors] == ["dossier.unknown"] * 2
        assert [set(error.params) for error in errors] == [{"code"}] * 2
        errors = [refused(lambda code=code, by=by: get_dossier(code=code, by=by)) for code in (filed.code, nowhere)]
        assert [(type(error), error.code) for error in errors] == [(NotFound, "dossier.unknown")] * 2
    assert get_dossier(code=filed.code.lower() + " ", by=world.applicant("binh", AT)).code == filed.code


def test_the_number_of_the_holder_opens_it_nobody_elses(filed: Play) -> None:
    assert find_by_code_and_holder(code=filed.code, personal_id="022088001234") is not None
    for other in ("022195004321", "", "5700123454", "%"):
        assert find_by_code_and_holder(code=filed.code, personal_id=other) is None


def test_wrong_post(world: World, filed: Play) -> None:
    for username in ("hoa", "quang", "thu", "duc"):
        error = refused(lambda who=username: accept(code=filed.code, by=world.officer(who, AT), at=moment(AT)))
        assert isinstance(error, (Refused, NotFound))
        assert error.code in ("dossier.not_permitted", "dossier.unknown")
    applicant = refused(lambda: accept(code=filed.code, by=world.applicant("binh", AT), at=moment(AT)))
    assert applicant.code == "dossier.not_permitted"
    assert refused(lambda: accept(code=filed.code, by=SYSTEM, at=moment(AT))).code == "dossier.unknown"
    assert get_unscoped(filed.code).state == State.SUBMITTED


def test_wrong_state_names_the_state(world: World, filed: Play) -> None:
    error = refused(lambda: hand_over(code=filed.code, by=world.officer("minh", AT), at=moment(AT)))
    assert error.code == "dossier.wrong_state"
    assert error.params == {"code": filed.code, "verb": "hand_over", "state": State.SUBMITTED}


def test_a_page_made_before_somebody_else_acted_is_stale(world: World, filed: Play) -> None:
    minh = world.officer("minh", AT)
    assert refused(lambda: accept(code=filed.code, by=minh, at=moment(AT), seen=0)).code == "dossier.changed_since"
    accept(code=filed.code, by=minh, at=moment(AT), seen=1)
    late = refused(lambda: withdraw(code=filed.code, reason="", by=world.applicant("binh", AT), at=moment(AT), seen=1))
    assert isinstance(late, Stale)
    assert late.params["state"] == State.ACCEPTED
    stranger = refused(
        lambda: withdraw(code=filed.code, reason="", by=world.applicant("lan", AT), at=moment(AT), seen=1)
    )
    assert isinstance(stranger, NotFound)  # a stranger does not even learn that something happened


def test_the_same_click_twice_does_it_once(world: World, filed: Play) -> None:
    minh = world.officer("minh", AT)
    accept(code=filed.code, by=minh, at=moment(AT), seen=1)
    assert isinstance(refused(lambda: accept(code=filed.code, by=minh, at=moment(AT), seen=1)), Stale)
    assert refused(lambda: accept(code=filed.code, by=minh, at=moment(AT))).code == "dossier.wrong_state"
    hand_over(code=filed.code, by=minh, at=moment(AT))
    assert refused(lambda: hand_over(code=filed.code, by=minh, at=moment(AT))).code == "dossier.not_permitted"
    assert [entry.kind for entry in list_entries(get_unscoped(filed.code).pk)] == ["submit", "accept", "hand_over"]


def test_no_deed_lies_before_the_last_but_for_clocks_that_differ_a_little(world: World, filed: Play) -> None:
    minh, filed_at = world.officer("minh", AT), moment("2026-04-06 08:15")
    early = refused(lambda: accept(code=filed.code, by=minh, at=filed_at - timedelta(minutes=5, seconds=1)))
    assert early.code == "dossier.moment_before_last"
    accept(code=filed.code, by=minh, at=filed_at - timedelta(minutes=5))


def test_a_crash_in_the_middle_leaves_nothing(world: World, filed: Play) -> None:
    before = Dossier.objects.filter(code=filed.code).values().get()
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        accept(code=filed.code, by=world.officer("minh", AT), at=moment(AT))
        assert get_unscoped(filed.code).state == State.ACCEPTED
        1 / 0
    assert Dossier.objects.filter(code=filed.code).values().get() == before
    assert JournalEntry.objects.filter(stream=before["id"]).count() == 1
    accept(code=filed.code, by=world.officer("minh", AT), at=moment(AT))
    assert get_unscoped(filed.code).journal_sequence == 2


def test_a_filing_that_fails_gives_its_number_back(world: World, filed: Play) -> None:
    first = parse_code(filed.code)
    assert first is not None
    assert first.number == 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        world.stage.file(MARITAL, "lan", HONG_GAI, "2026-04-06 08:20", answers=answers.marital("lan"))
        1 / 0
    second = world.stage.file(MARITAL, "lan", HONG_GAI, "2026-04-06 08:25", answers=answers.marital("lan"))
    assert second.code == str(replace(first, number=2))
    elsewhere = world.stage.file(MARITAL, "kien", CO_TO, "2026-04-06 08:25", answers=answers.marital("kien"))
    assert elsewhere.code.endswith("-260406-0001")
    assert CodeCounter.objects.get(unit_code=first.unit_code).last == 2


def test_the_day_of_a_code_is_the_day_here_not_in_greenwich(world: World) -> None:
    play = world.stage.file(MARITAL, "lan", HONG_GAI, "2026-04-07 00:30", answers=answers.marital("lan"))
    assert "-260407-" in play.code


def test_only_the_state_table_moves_a_row_even_without_lock(world: World, filed: Play) -> None:
    row = get_unscoped(filed.code)
    with pytest.raises(Refused):
        perform(row, verb=Verb.SEAL, by=world.officer("thu", AT), at=moment(AT))
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=row.pk).update(state=State.IN_PROCESS)  # handled before acceptance
    assert refused(lambda: posting_of(world.applicant("lan", AT))).code == "dossier.only_in_a_post"


def test_two_entries_with_one_number_are_refused_by_the_database(world: World, filed: Play) -> None:
    stream = get_unscoped(filed.code).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        record(stream=stream, kind="accept", by=world.officer("minh", AT), at=moment(AT), head=GENESIS)
    assert refused(
        lambda: record(stream=stream, kind="Accept!", by=world.officer("minh", AT), at=moment(AT), head=GENESIS)
    ).code == ("journal.bad_kind")


def test_opening_somebodys_papers_is_kept_for_them_opening_ones_own_is_not(world: World, filed: Play) -> None:
    binh, minh = world.applicant("binh", AT), world.officer("minh", AT)
    open_dossier(code=filed.code, by=binh, at=moment(AT))
    assert not ReadRecord.objects.exists()
    open_dossier(code=filed.code, by=minh, at=moment(AT))
    assert ReadRecord.objects.count() == 1
    assert isinstance(
        refused(lambda: open_dossier(code=filed.code, by=world.applicant("lan", AT), at=moment(AT))), NotFound
    )
    assert ReadRecord.objects.count() == 1


def test_codes_are_read_as_people_type_them() -> None:
    code = DossierCode("H49.21.01", moment("2026-02-13 00:00").date(), 7)
    assert parse_code(" h49.21.01 - 260213 - 0007 ") == code
    assert str(replace(code, number=12345)) == "H49.21.01-260213-12345"
    for wrong in ("", "H49", "H49.21.01-261313-0007", "H49.21.01-260213-007", "H49.21.01-260213-0007x"):
        assert parse_code(wrong) is None


def test_the_desk_cannot_stop_what_it_has_accepted_by_refusing_it(world: World, filed: Play) -> None:
    minh, reasons = world.officer("minh", AT), (Reason("Không đủ.", "61/2018/NĐ-CP Đ17"),)
    accept(code=filed.code, by=minh, at=moment(AT))
    assert isinstance(refused(lambda: refuse(code=filed.code, reasons=reasons, by=minh, at=moment(AT))), Refused)
    hand_over(code=filed.code, by=minh, at=moment(AT))
    hoa = world.by(filed, Role.SPECIALIST, AT)
    appraise(code=filed.code, proposal=Proposal.REFUSE, reasons=reasons, by=hoa, at=moment(AT))
    assert isinstance(refused(lambda: refuse(code=filed.code, reasons=reasons, by=minh, at=moment(AT))), Refused)
    refuse(code=filed.code, reasons=reasons, by=world.officer("quang", AT), at=moment(AT))
    assert get_unscoped(filed.code).state == State.STOPPED
