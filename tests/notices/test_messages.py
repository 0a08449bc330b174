"""Messages: to whom they go, exactly once, and that everybody sees their own only."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from onestop.accounts.queries import find_account
from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import moment
from onestop.demo.stories import EXTRACT, MARITAL, house_late_with_an_apology, marital_status_with_a_supplement
from onestop.errors import NotFound
from onestop.feedback.operations.handling import ask_petitioner
from onestop.journal.models import JournalEntry
from onestop.notices.models import Following, Message
from onestop.notices.operations import make_messages, mark_all_read, mark_read
from onestop.notices.queries.messages import BELL_CAP, count_unread, get_message, list_messages
from onestop.notices.rules.messages import MessageKind as Kind
from onestop.process.operations.assignment import assign
from tests.feedback import test_petitions as petitions
from tests.world import World

AT = moment("2026-07-20 08:00")


def account(username: str) -> int:
    found = find_account(username)
    assert found is not None
    return int(found.pk)


def told(username: str) -> list[str]:
    return [message.kind for message in reversed(list_messages(account(username), size=100).rows)]


def begin() -> None:
    """Follow the journal from its beginning, as in a new installation."""
    Following.objects.update_or_create(id=1, defaults={"settled_id": 0, "seen_id": 0, "writers": []})


def test_an_applicant_is_told_of_every_turn(world: World) -> None:
    play = marital_status_with_a_supplement(world.stage)
    assert make_messages(at=AT) > 0
    assert told("binh") == [Kind.ACCEPTED, Kind.SUPPLEMENT, Kind.RESULT_READY, Kind.RETURNED]
    message = list_messages(account("binh")).rows[-1]
    assert message.params["code"] == play.code
    assert message.params["due_at"].startswith("2026-04-")
    assert told("lan") == []


def test_a_late_dossier_is_apologised_for_with_the_new_date(world: World) -> None:
    house_late_with_an_apology(world.stage)
    make_messages(at=AT)
    assert Kind.APOLOGY in told("sau")
    apology = next(row for row in list_messages(account("sau")).rows if row.kind == Kind.APOLOGY)
    assert moment("2026-07-20 17:00").isoformat() == apology.params["appointed_at"]
    assert set(apology.params) == {"code", "appointed_at"}, "the reason stays in the dossier"


def test_who_represents_a_business_is_told(world: World) -> None:
    household = world.stage.file(MARITAL, "binh", HONG_GAI, "2026-04-06 08:15", answers=answers.marital("binh"))
    household.accept("2026-04-06 09:00")
    make_messages(at=AT)
    business = world.stage.applicant_id("vinhhalong")
    from onestop.dossiers.models import Dossier

    Dossier.objects.filter(code=household.code).update(applicant_id=business)
    Message.objects.all().delete()
    begin()
    make_messages(at=AT)
    assert told("trung") == [Kind.ACCEPTED]
    assert told("binh") == []


def test_an_officer_is_told_of_what_others_assign_and_not_of_the_own_deeds(world: World) -> None:
    play = world.stage.file(MARITAL, "binh", HONG_GAI, "2026-04-06 08:15", answers=answers.marital("binh"))
    play.accept("2026-04-06 09:00")
    at = "2026-04-06 10:00"
    hoa = world.officer("hoa", at)
    assert hoa.posting_id is not None
    assign(code=play.code, posting_id=hoa.posting_id, by=world.officer("duc", at), at=moment(at))
    make_messages(at=AT)
    assert told("hoa") == [Kind.ASSIGNED]
    assert told("duc") == []


def test_a_second_reading_tells_nothing_twice(world: World) -> None:
    marital_status_with_a_supplement(world.stage)
    first = make_messages(at=AT)
    assert first > 0
    assert make_messages(at=AT) == 0
    begin()  # as if the follower had lost its place
    assert make_messages(at=AT) == 0
    assert Message.objects.count() == first


def test_nobody_reads_what_another_was_told(world: World) -> None:
    world.stage.file(MARITAL, "lan", HONG_GAI, "2026-04-06 08:15", answers=answers.marital("lan")).accept(
        "2026-04-06 09:00"
    )
    make_messages(at=AT)
    (hers,) = list_messages(account("lan")).rows
    assert list_messages(account("binh")).rows == ()
    with pytest.raises(NotFound):
        get_message(hers.pk, account_id=account("binh"))
    with pytest.raises(NotFound):
        mark_read(message_id=hers.pk, account_id=account("binh"), at=AT)
    assert mark_all_read(account_id=account("binh"), up_to=hers.pk, at=AT) == 0
    assert count_unread(account("lan")) == 1


def test_reading_is_kept_by_the_first_time(world: World) -> None:
    marital_status_with_a_supplement(world.stage)
    make_messages(at=AT)
    newest, *_ = list_messages(account("binh")).rows
    later = moment("2026-07-21 08:00")
    assert mark_read(message_id=newest.pk, account_id=account("binh"), at=AT).read_at == AT
    assert mark_read(message_id=newest.pk, account_id=account("binh"), at=later).read_at == AT
    assert count_unread(account("binh")) == 3
    assert mark_all_read(account_id=account("binh"), up_to=newest.pk - 1, at=later) == 3
    assert count_unread(account("binh")) == 0


def test_the_bell_counts_no_further_than_it_shows(world: World) -> None:
    rows = [
        Message(recipient_id=account("lan"), entry=number, kind=Kind.ACCEPTED, at=AT) for number in range(1, 1 + 3 * 9)
    ]
    Message.objects.bulk_create(rows)
    assert count_unread(account("lan")) == BELL_CAP


def test_pages_hold_every_message_once(world: World) -> None:
    rows = [Message(recipient_id=account("lan"), entry=number, kind=Kind.ACCEPTED, at=AT) for number in range(1, 12)]
    Message.objects.bulk_create(rows)
    seen, key = [], ""
    while True:
        page = list_messages(account("lan"), size=4, after=key)
        seen += [message.entry for message in page.rows]
        key = page.next_key
        if not key:
            break
    assert seen == sorted(range(1, 12), reverse=True)


class Killed(Exception):
    """The end of a worker in the middle of its work."""


@transaction.atomic
def make_messages_and_die() -> None:
    assert make_messages(at=AT) > 0
    raise Killed


# -- two workers, and one that dies ------------------------------------------------------------------
def test_two_workers_and_one_that_dies_tell_each_once(real_world: World) -> None:
    """One worker dies before its commit; then two work at once, again and again, while dossiers go on."""
    begin()
    marital_status_with_a_supplement(real_world.stage)

    with pytest.raises(Killed):
        make_messages_and_die()
    assert Message.objects.count() == 0, "what died has told nothing"
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            make_messages(at=AT)
        connection.close()

    with ThreadPoolExecutor(2) as workers:
        working = [workers.submit(work) for _ in range(2)]
        house_late_with_an_apology(real_world.stage)
        stop.set()
    assert [worker.result() for worker in working] == [None, None]
    make_messages(at=AT)
    wanted = JournalEntry.objects.filter(
        kind__in=["accept", "request_supplement", "reappoint", "seal", "return_result"]
    )
    assert told("binh") == [Kind.ACCEPTED, Kind.SUPPLEMENT, Kind.RESULT_READY, Kind.RETURNED]
    assert told("sau") == [Kind.ACCEPTED, Kind.APOLOGY, Kind.RESULT_READY, Kind.RETURNED]
    assert Message.objects.values("entry").distinct().count() == Message.objects.count() == wanted.count()


def test_an_entry_that_appears_late_is_told(real_world: World) -> None:
    """A transaction takes a small number and ends after a larger one was read: the follower waits for it."""
    begin()
    slow = real_world.stage.file(MARITAL, "binh", HONG_GAI, "2026-04-06 08:15", answers=answers.marital("binh"))
    quick = real_world.stage.file(MARITAL, "tam", HONG_GAI, "2026-04-06 08:20", answers=answers.marital("tam"))
    written, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            slow.accept("2026-04-06 09:00")
            written.set()
            go_on.wait(30)
        connection.close()

    with ThreadPoolExecutor(1) as holder:
        held = holder.submit(hold)
        assert written.wait(30)
        quick.accept("2026-04-06 09:05")
        make_messages(at=AT)
        make_messages(at=AT)
        assert told("tam") == [Kind.ACCEPTED]
        assert told("binh") == []
        go_on.set()
    held.result()
    make_messages(at=AT)
    assert told("binh") == [Kind.ACCEPTED]


def test_an_applicant_is_told_of_a_fee_and_not_how_much(world: World) -> None:
    play = world.stage.file(EXTRACT, "oanh", HONG_GAI, "2026-04-06 08:15", answers=answers.extract("oanh"))
    play.charge("2026-04-06 08:30", 8_000)
    make_messages(at=AT)
    (message,) = list_messages(account("oanh")).rows
    assert (message.kind, message.params) == (Kind.FEE_STATED, {"code": play.code})


# -- petitions ---------------------------------------------------------------------------------------
def test_who_filed_a_petition_is_told_of_its_answer_alone(world: World) -> None:
    row = petitions.assigned(world)
    asked = petitions.at("11:00")
    ask_petitioner(code=row.code, question="Vào lúc nào?", by=petitions.leader(world), at=asked)
    make_messages(at=AT)
    assert told("lan") == [Kind.PETITION_UNCLEAR]
    assert list_messages(account("lan")).rows[0].params == {"petition": row.code}
    assert told("binh") == told("quang") == told("kiemsoat") == []


def test_a_petition_taken_down_at_the_desk_is_nobody_s_message(world: World) -> None:
    row = petitions.assigned(world, petitions.PHONE)
    ask_petitioner(code=row.code, question="Vào lúc nào?", by=petitions.leader(world), at=petitions.at("11:00"))
    assert make_messages(at=AT) == 0
