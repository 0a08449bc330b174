"""Letters, handed to a real mail server: once each, when the server is there again, in the reader's language."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message as Mail
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st

from onestop.demo.stage import moment
from onestop.demo.stories import marital_status_with_a_supplement
from onestop.errors import Unavailable
from onestop.notices import ports
from onestop.notices.adapters.null import NoMail
from onestop.notices.adapters.smtp import SmtpMail
from onestop.notices.models import Letter, Message
from onestop.notices.operations import make_messages
from onestop.notices.operations.choosing import choose, confirm_address
from onestop.notices.operations.letters import send_letters
from onestop.notices.queries.messages import Waiting, count_letters
from onestop.notices.rules.letters import FIRST_PAUSE, LONGEST_PAUSE, Wish, pause
from onestop.notices.rules.messages import Topic
from tests.notices.test_messages import account
from tests.world import World

BEFORE = moment("2026-04-01 08:00")
AT = moment("2026-04-20 08:00")


class PostOffice:
    """What the mail server did: which letters came, which addresses it refuses."""

    def __init__(self) -> None:
        self.came: list[Mail] = []
        self.refuses: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802  the server's name for it
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.came.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


class Place:
    """A mail server that can be ended and begun again at the same address."""

    def __init__(self) -> None:
        self.office = PostOffice()
        self.port = 0

    @contextmanager
    def open(self) -> Iterator[None]:
        server = Controller(self.office, hostname="127.0.0.1", port=self.port)
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                server.port = self.port = probe.getsockname()[1]
        server.start()
        try:
            yield
        finally:
            server.stop(no_assert=True)


@pytest.fixture
def place() -> Iterator[Place]:
    """An address where a mail server may be; letters go there."""
    found = Place()
    with found.open():
        pass
    before = ports.mail()
    ports.mail.plug(SmtpMail({"host": "127.0.0.1", "port": found.port}, "Một cửa <motcua@quangninh.example>"))
    yield found
    ports.mail.plug(before)


@pytest.fixture
def binh(world: World, place: Place) -> int:
    """Bình wants what happens to his dossiers at an address that he has confirmed."""
    number = account("binh")
    choose(account_id=number, topics=[Topic.DOSSIERS], address="binh@example.vn", at=BEFORE)
    confirm_address(account_id=number, address="binh@example.vn", at=BEFORE)
    marital_status_with_a_supplement(world.stage)
    make_messages(at=AT)
    return number


def test_a_dead_server_loses_nothing_and_holds_nobody_up(binh: int, place: Place) -> None:
    assert Message.objects.filter(recipient_id=binh).count() == 4, "told in the system all the same"
    assert send_letters(at=AT) == 0
    assert count_letters() == Waiting(letters=4, most_tries=1, sent=0, given_up=0)
    assert send_letters(at=AT + timedelta(seconds=30)) == 0
    assert count_letters().most_tries == 1, "not asked again before its time"
    assert send_letters(at=AT + FIRST_PAUSE) == 0
    assert count_letters().most_tries == 2
    with place.open():
        assert send_letters(at=AT + FIRST_PAUSE + pause(2)) == 4
        assert send_letters(at=AT + timedelta(hours=9)) == 0, "each once"
    assert count_letters() == Waiting(letters=0, most_tries=0, sent=4, given_up=0)
    assert len(place.office.came) == 4
    assert len({mail["Message-ID"] for mail in place.office.came}) == 4


def test_what_a_letter_says(binh: int, place: Place) -> None:
    with place.open():
        send_letters(at=AT)
    code = Message.objects.filter(recipient_id=binh).values_list("params__code", flat=True).first()
    first = place.office.came[0]
    assert first["To"] == "binh@example.vn"
    assert first["Subject"].strip() == f"Hồ sơ {code} đã được tiếp nhận"
    assert first["Content-Language"] == "vi"
    assert first["Auto-Submitted"] == "auto-generated"
    text = " ".join(mail.get_content() for mail in place.office.came)  # type: ignore[attr-defined]
    assert "Thứ Năm 09/04/2026" in text
    for secret in ("Bình", "ly hôn", "022088001234", "hôn nhân"):
        assert secret not in text


def test_in_the_language_of_the_reader(binh: int, place: Place) -> None:
    from onestop.accounts.models import Account

    Account.objects.filter(pk=binh).update(language="ur")
    with place.open():
        send_letters(at=AT)
    assert "قبول" in place.office.came[0]["Subject"]


def test_an_address_that_the_server_refuses_for_good_is_given_up(binh: int, place: Place) -> None:
    place.office.refuses["binh@example.vn"] = "550 no such user"
    with place.open():
        assert send_letters(at=AT) == 0
    assert count_letters() == Waiting(letters=0, most_tries=0, sent=0, given_up=4)
    assert set(Letter.objects.values_list("fault", flat=True)) == {"mail.refused"}


def test_a_passing_refusal_is_tried_again(binh: int, place: Place) -> None:
    place.office.refuses["binh@example.vn"] = "451 try again later"
    with place.open():
        assert send_letters(at=AT) == 0
        assert count_letters().letters == 4
        place.office.refuses.clear()
        assert send_letters(at=AT + FIRST_PAUSE) == 4


def test_nothing_goes_to_an_address_that_was_not_confirmed(binh: int, place: Place) -> None:
    choose(account_id=binh, topics=[Topic.DOSSIERS], address="other@example.vn", at=AT)
    with place.open():
        assert send_letters(at=AT) == 0
    assert place.office.came == []
    assert set(Letter.objects.values_list("fault", flat=True)) == {"mail.no_address"}


@pytest.mark.parametrize(
    ("topics", "since", "letters"),
    [([Topic.DOSSIERS], BEFORE, 4), ([Topic.WORK, Topic.ALERTS], BEFORE, 0), ([Topic.DOSSIERS], AT, 0)],
)
def test_only_what_was_chosen_and_only_from_then_on(
    world: World, place: Place, topics: list[Topic], since: datetime, letters: int
) -> None:
    choose(account_id=account("binh"), topics=topics, address="binh@example.vn", at=since)
    confirm_address(account_id=account("binh"), address="binh@example.vn", at=since)
    marital_status_with_a_supplement(world.stage)
    make_messages(at=AT)
    assert Letter.objects.count() == letters
    assert Message.objects.filter(recipient_id=account("binh")).count() == 4


def test_without_a_mail_server_there_are_no_letters(world: World) -> None:
    assert isinstance(ports.mail(), NoMail)
    choose(account_id=account("binh"), topics=[Topic.DOSSIERS], address="binh@example.vn", at=BEFORE)
    confirm_address(account_id=account("binh"), address="binh@example.vn", at=BEFORE)
    marital_status_with_a_supplement(world.stage)
    make_messages(at=AT)
    assert (Message.objects.count(), Letter.objects.count()) == (4, 0)
    with pytest.raises(Unavailable):
        ports.mail().send(ports.Addressed("a@example.vn", "x", ports.Written("a", "b", "vi")))


# -- rules -------------------------------------------------------------------------------------------
@given(st.integers(min_value=0, max_value=10_000))
def test_pauses_grow_and_stay_within_an_hour(tries: int) -> None:
    assert FIRST_PAUSE <= pause(tries) <= pause(tries + 1) <= LONGEST_PAUSE


@given(st.sets(st.sampled_from(list(Topic))), st.sampled_from(list(Topic)), st.booleans(), st.integers(-5, 5))
def test_a_wish_is_a_confirmed_address_a_topic_and_a_beginning(
    topics: set[Topic], topic: Topic, is_confirmed: bool, minutes: int
) -> None:
    wants = Wish(frozenset(topics), AT, is_confirmed).wants(topic, AT + timedelta(minutes=minutes))
    assert wants == (topic in topics and is_confirmed and minutes >= 0)
