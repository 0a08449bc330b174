"""A result sealed while no time-stamp authority answers: it waits, its pages say so, and it is stamped later."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from onestop.accounts.queries import find_account
from onestop.accounts.rules import Role
from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import Play, moment
from onestop.documents.ports import store
from onestop.dossiers.queries.audits import audit_journal
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.dossiers.rules.filing import ReturnWay
from onestop.dossiers.rules.states import State
from onestop.errors import Refused, Unavailable
from onestop.journal.queries import list_entries
from onestop.notices.operations import issue_all
from onestop.results.operations import return_result
from onestop.results.queries import find_result
from onestop.signatures.operations import is_stamped
from onestop.signing.models import ResultPaper
from onestop.signing.operations import stamp, stamp_all
from onestop.signing.queries import list_waiting_for_stamp
from onestop.trust import ports
from onestop.validation.queries import verify_pdf
from onestop.validation.rules import Finding
from tests.world import World

DAY = "2026-04-06"


class Switched:
    """The authority of the house, which can be switched off."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.is_up = True

    @property
    def max_bytes(self) -> int:
        return int(self._inner.max_bytes)

    def stamp(self, digest: bytes, at: datetime) -> bytes:
        if not self.is_up:
            raise Unavailable("time_stamps.down")
        return bytes(self._inner.stamp(digest, at))


@pytest.fixture
def authority(world: World) -> Iterator[Switched]:
    before = ports.time_stamps()
    switched = Switched(before)
    ports.time_stamps.plug(switched)
    yield switched
    ports.time_stamps.plug(before)


def sealed(world: World, who: str = "lan") -> Play:
    play = world.stage.file("1.004873", who, HONG_GAI, f"{DAY} 08:00", answers=answers.marital(who))
    play.accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20")
    return play.sign(f"{DAY} 09:00").seal(f"{DAY} 09:10")


def stamps_of(play: Play) -> list[bool]:
    file = ResultPaper.objects.get(dossier__code=play.code).sealed_sha256
    return [Finding.NO_STAMP not in one.findings for one in verify_pdf(store().get(file)).signatures]


def test_sealing_goes_on_and_the_paper_waits(world: World, authority: Switched) -> None:
    authority.is_up = False
    play = sealed(world)
    row = get_unscoped(play.code)
    assert row.state == State.PROCESSED
    assert list_waiting_for_stamp(10) == [play.code]
    assert stamps_of(play) == [False, False]
    assert [entry.payload["stamped"] for entry in list_entries(row.pk) if entry.kind == "seal"] == [False]
    minh = world.by(play, Role.ONE_STOP_OFFICER, f"{DAY} 09:20")
    with pytest.raises(Refused, match=r"result\.waits_for_stamp"):
        return_result(code=play.code, by=minh, at=moment(f"{DAY} 09:20"), way=ReturnWay.ONLINE)
    with pytest.raises(Unavailable):
        stamp(code=play.code, at=moment(f"{DAY} 09:30"))
    assert stamp_all(at=moment(f"{DAY} 09:30")) == {play.code: "time_stamps.down"}
    authority.is_up = True
    before = store().get(ResultPaper.objects.get().sealed_sha256)
    assert stamp_all(at=moment(f"{DAY} 10:00")) == {play.code: ""}
    after = store().get(ResultPaper.objects.get().sealed_sha256)
    assert len(after) == len(before)
    assert is_stamped(after)
    assert stamps_of(play) == [False, True]  # under the seal nothing changes; the seal's stamp covers it
    assert verify_pdf(after).valid
    assert (list_waiting_for_stamp(10), stamp_all(at=moment(f"{DAY} 10:01"))) == ([], {})
    entries = [entry for entry in list_entries(row.pk) if entry.kind == "stamp"]
    waited = [datetime.fromisoformat(str(entry.payload["waited_since"])) for entry in entries]
    assert waited == [moment(f"{DAY} 09:10")]
    assert (
        return_result(code=play.code, by=minh, at=moment(f"{DAY} 10:10"), way=ReturnWay.ONLINE).state == State.RETURNED
    )
    assert audit_journal().holds


def test_the_leaders_signature_is_stamped_before_the_seal_if_it_can_be(world: World, authority: Switched) -> None:
    play = world.stage.file("1.004873", "lan", HONG_GAI, f"{DAY} 08:00", answers=answers.marital("lan"))
    play.accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20")
    authority.is_up = False
    play.sign(f"{DAY} 09:00")
    assert list_waiting_for_stamp(10) == [play.code]
    authority.is_up = True
    play.seal(f"{DAY} 09:10")
    assert stamps_of(play) == [True, True]
    assert list_waiting_for_stamp(10) == []


def test_a_paper_signed_only_is_stamped_too(world: World, authority: Switched) -> None:
    play = world.stage.file("1.004873", "lan", HONG_GAI, f"{DAY} 08:00", answers=answers.marital("lan"))
    play.accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20")
    authority.is_up = False
    play.sign(f"{DAY} 09:00")
    authority.is_up = True
    stamp(code=play.code, at=moment(f"{DAY} 09:05"))
    assert is_stamped(store().get(ResultPaper.objects.get().signed_sha256))
    stamp(code=play.code, at=moment(f"{DAY} 09:06"))
    assert sum(entry.kind == "stamp" for entry in list_entries(get_unscoped(play.code).pk)) == 1
    play.seal(f"{DAY} 09:10")
    assert stamps_of(play) == [True, True]


def test_on_paper_it_can_be_returned_meanwhile_and_is_stamped_after(world: World, authority: Switched) -> None:
    authority.is_up = False
    play = sealed(world)
    play.return_result(f"{DAY} 09:20", ReturnWay.COUNTER)
    authority.is_up = True
    assert stamp_all(at=moment(f"{DAY} 10:00")) == {play.code: ""}
    row = get_unscoped(play.code)
    assert row.state == State.RETURNED
    assert stamps_of(play)[-1]


def test_a_slip_is_not_kept_back(world: World, authority: Switched) -> None:
    authority.is_up = False
    play = world.stage.file("1.004873", "lan", HONG_GAI, f"{DAY} 08:00", answers=answers.marital("lan"))
    play.accept(f"{DAY} 08:10")
    slips = issue_all(dossier=get_unscoped(play.code))
    reports = [verify_pdf(store().get(slip.sha256)) for slip in slips]
    assert reports
    assert all(report.valid for report in reports)
    assert all(Finding.NO_STAMP in one.findings for report in reports for one in report.signatures)


def test_its_pages_say_so_in_three_languages(world: World, authority: Switched) -> None:
    authority.is_up = False
    play = sealed(world)
    words = {
        "vi": "Đã ký và đóng dấu, chưa có dấu thời gian",
        "en": "Signed and sealed, not time-stamped yet",
        "ur": "دستخط اور مہر ہو چکی، وقت کی مہر ابھی باقی ہے",
    }
    client, pages = Client(), ((f"/mot-cua/ho-so/{play.code}/", "minh"), (f"/ho-so/{play.code}/", "lan"))
    for path, who in pages:
        client.force_login(find_account(who), backend="django.contrib.auth.backends.ModelBackend")
        for language, said in words.items():
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            assert said in client.get(path, follow=True).content.decode(), (path, language)
    authority.is_up = True
    stamp_all(at=moment(f"{DAY} 10:00"))
    assert words["ur"] not in client.get(pages[1][0], follow=True).content.decode()
    assert find_result(get_unscoped(play.code)).waits_since is None
