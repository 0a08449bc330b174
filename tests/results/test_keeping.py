"""Results kept for decades: beside the original, stamped again in time, by a job that can be cut off."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from onestop.cli.main import onestop
from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import Play, moment
from onestop.documents.ports import store
from onestop.dossiers.queries.audits import audit_journal
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.errors import NotFound, Refused, Unavailable
from onestop.journal.queries import list_entries
from onestop.results import tasks
from onestop.results.models import KeptResult
from onestop.results.operations import keep_all, keep_result, renew_all
from onestop.results.queries import find_kept, get_keeping_status
from onestop.results.rules.keeping import MARGIN, Seal, holds_until, renew_at
from onestop.signing.models import ResultPaper
from onestop.trust import ports
from onestop.validation.queries import verify_pdf
from tests.world import World

DAY = "2026-04-06"
NIGHT = moment("2026-04-07 02:40")


def sealed(world: World, who: str) -> Play:
    play = world.stage.file("1.004873", who, HONG_GAI, f"{DAY} 08:00", answers=answers.marital(who))
    play.accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20")
    return play.sign(f"{DAY} 09:00").seal(f"{DAY} 09:10")


class Failing:
    """The authority of the house, down from the n-th question on."""

    def __init__(self, inner: Any, answers: int) -> None:
        self._inner = inner
        self.left = answers

    @property
    def max_bytes(self) -> int:
        return int(self._inner.max_bytes)

    def stamp(self, digest: bytes, at: datetime) -> bytes:
        if not self.left:
            raise Unavailable("time_stamps.down")
        self.left -= 1
        return bytes(self._inner.stamp(digest, at))


@pytest.fixture
def authority() -> Iterator[Any]:
    before = ports.time_stamps()

    def plug(answers: int) -> None:
        ports.time_stamps.plug(Failing(before, answers))

    yield plug
    ports.time_stamps.plug(before)


def test_what_is_kept_stands_beside_the_original(world: World) -> None:
    play = sealed(world, "lan")
    original = ResultPaper.objects.get().sealed_sha256
    kept = keep_result(code=play.code, at=NIGHT)
    assert ResultPaper.objects.get().sealed_sha256 == kept.original_sha256 == original
    assert store().get(kept.sha256).startswith(store().get(original))
    assert verify_pdf(store().get(kept.sha256)).valid
    assert kept.renew_at == kept.holds_until - MARGIN > NIGHT
    row = get_unscoped(play.code)
    (entry,) = [entry for entry in list_entries(row.pk) if entry.kind == "archive"]
    assert (entry.payload["sha256"], entry.payload["made_of"]) == (kept.sha256, original)
    assert row.state == 9
    play.return_result("2026-04-07 09:00")
    assert find_kept(get_unscoped(play.code)) == kept
    assert audit_journal().holds


def test_stamped_again_it_grows_from_what_is_kept(world: World) -> None:
    play = sealed(world, "lan")
    first = keep_result(code=play.code, at=NIGHT).sha256
    later = NIGHT + timedelta(days=3000)
    assert renew_all(before=later, at=later) == {}
    due = KeptResult.objects.get().renew_at + timedelta(days=1)
    assert renew_all(before=due, at=due) == {play.code: ""}
    again = KeptResult.objects.get()
    assert (again.stamps, again.stamped_at) == (2, due)
    assert store().get(again.sha256).startswith(store().get(first))
    assert verify_pdf(store().get(again.sha256)).valid
    assert [e.payload["stamps"] for e in list_entries(get_unscoped(play.code).pk) if e.kind == "archive"] == [1, 2]


def test_a_job_cut_off_goes_on_where_it_stopped(world: World, authority: Any) -> None:
    codes = [sealed(world, who).code for who in ("lan", "binh", "tam")]
    told: list[tuple[int, int, str]] = []
    authority(answers=1)
    assert keep_all(at=NIGHT, progress=lambda *line: told.append(line)) == {codes[0]: "", codes[1]: "time_stamps.down"}
    assert told == [(1, 3, codes[0])]
    status = get_keeping_status(NIGHT)
    assert (status.sealed, status.kept, status.to_keep) == (3, 1, 2)
    authority(answers=99)
    assert keep_all(at=NIGHT) == {codes[1]: "", codes[2]: ""}
    assert keep_all(at=NIGHT) == {}
    assert KeptResult.objects.count() == 3


def test_what_waits_for_its_stamp_or_is_not_sealed_is_not_kept(world: World, authority: Any) -> None:
    authority(answers=0)
    waiting = sealed(world, "lan")
    open_still = world.stage.file("1.004873", "tam", HONG_GAI, f"{DAY} 08:00", answers=answers.marital("tam"))
    assert keep_all(at=NIGHT) == {}
    with pytest.raises(Refused, match=r"result\.waits_for_stamp"):
        keep_result(code=waiting.code, at=NIGHT)
    with pytest.raises(NotFound, match=r"result\.none_yet"):
        keep_result(code=open_still.code, at=NIGHT)
    assert get_keeping_status(NIGHT).waiting_for_stamp == 1


def test_one_that_cannot_be_kept_does_not_hold_up_the_others(world: World) -> None:
    lan, tam = sealed(world, "lan"), sealed(world, "tam")
    broken = store().put(b"%PDF-1.7 nothing")
    ResultPaper.objects.filter(dossier__code=lan.code).update(sealed_sha256=broken)
    assert keep_all(at=NIGHT) == {lan.code: "pdf.not_readable", tam.code: ""}


def test_the_night_does_it(world: World) -> None:
    play = sealed(world, "lan")
    tasks.keep_results(timestamp=int(NIGHT.timestamp()))
    assert find_kept(get_unscoped(play.code)) is not None


def test_the_command_tells_and_does(world: World, authority: Any) -> None:
    def run(*arguments: str) -> tuple[int, Any, str]:
        done = CliRunner().invoke(onestop, ["archive", *arguments, "--json"])
        return done.exit_code, json.loads(done.stdout), done.stderr

    authority(answers=0)
    codes = [sealed(world, who).code for who in ("lan", "tam")]
    assert run("stamp")[:2] == (1, {"done": 0, "failed": {codes[0]: "time_stamps.down"}})
    authority(answers=99)
    assert run("stamp")[:2] == (0, {"done": 2, "failed": {}})
    assert run("status")[1]["to_keep"] == 2
    code, done, told = run("extend")
    assert (code, done) == (0, {"done": 2, "failed": {}})
    assert f"2 of 2, {codes[1]}" in told
    code, status, _ = run("status")
    assert (code, status["kept"], status["to_keep"], status["to_renew"]) == (0, 2, 0, 0)
    assert run("restamp")[1] == {"done": 0, "failed": {}}
    assert run("restamp", "--before", "2040-01-01")[1] == {"done": 2, "failed": {}}
    KeptResult.objects.update(holds_until=datetime(2026, 5, 1, tzinfo=UTC))
    assert run("status")[0] == 1
    shown = CliRunner().invoke(onestop, ["archive", "status"]).stdout
    assert "2 ARE PAST THE MOMENT" in shown


moments = st.datetimes(datetime(2026, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


@given(until=moments, is_rsa=st.booleans(), bits=st.sampled_from([256, 2048, 3072, 4096]))
def test_it_never_holds_longer_than_certificate_or_algorithm(until: datetime, is_rsa: bool, bits: int) -> None:
    seal = Seal(until, is_rsa, bits)
    assert holds_until(seal) <= until
    assert holds_until(seal).year < 2036
    assert renew_at(seal) < holds_until(seal)
    if is_rsa and bits < 3072:
        assert holds_until(seal).year <= 2030
