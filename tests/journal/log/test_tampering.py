"""Whoever has every right over the database, and the keys, still cannot change what happened unseen.

Each attack is made after the log was published and a monitor has looked and the holder has got the proofs. It is found
by the monitor, by the holder of a proof, or by the audit, whatever the attacker rebuilds.
"""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onestop.cli.main import onestop
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.audits import audit_journal
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.errors import NotFound, Refused
from onestop.journal import ports
from onestop.journal.models import JournalEntry, LogAttestation, LogCheckpoint, LogLeaf, LogQueue
from onestop.journal.operations import publish_log
from onestop.journal.queries import list_entries, stored
from onestop.journal.queries.log import read_tile
from onestop.journal.queries.log_audit import audit_log
from onestop.journal.queries.proofs import make_proof
from onestop.journal.rules import entry_hash
from onestop.journal.rules.leaves import commit
from onestop.journal.rules.proofs import check_proof
from onestop.journal.rules.tiles import TiledTree
from onestop.journal.rules.watching import compare
from tests.journal.log.conftest import PublicLog
from tests.journal.log.entries import all_rights

STORY = "birth_the_same_day"
Codes = dict[str, str]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@dataclass
class Scene:
    """The published log behind a plain web server, a monitor's memory, the holder's proofs, and the entries."""

    url: str
    public_log: PublicLog
    memory: Path
    rows: list[JournalEntry]
    proofs: list[bytes]

    def monitor(self, *more: str) -> tuple[int, list[str]]:
        """Look as a monitor does; the exit code and the alarms."""
        command = ["watch", self.url, "--state", str(self.memory), "--once", "--json", *more]
        done = CliRunner().invoke(onestop, command)
        assert done.exit_code in (0, 1), done.output
        return done.exit_code, [alarm["code"] for alarm in json.loads(done.stdout)["alarms"]]

    def holder(self) -> list[str]:
        """Check the proofs against the log as it is shown now; what is wrong."""
        now = self.public_log.checkpoint().head
        found = []
        for proof in self.proofs:
            report = check_proof(proof, [self.public_log.key])
            assert report.holds
            assert report.head
            alarm = compare(report.head, now, TiledTree(now.size, read_tile))
            found += [alarm.code] if alarm else []
        return found


@pytest.fixture
def scene(played: Codes, public_log: PublicLog, tmp_path: Path) -> Iterator[Scene]:
    publish_log(at=datetime.now(UTC))
    with serving(public_log.folder) as url:
        rows = list_entries(get_unscoped(played[STORY]).pk)
        found = Scene(url, public_log, tmp_path / "memory", rows, [make_proof(row) for row in rows])
        assert found.monitor() == (0, [])
        assert found.holder() == []
        yield found


class serving:  # noqa: N801
    """A plain web server over a folder."""

    def __init__(self, folder: Path) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def forge(rows: list[JournalEntry], place: int, /, **changes: Any) -> None:
    """Change an entry; redo hashes, chain, signatures with stolen keys, and the head on the dossier's row."""
    for name, value in changes.items():
        setattr(rows[place], name, value)
    rechain(rows[place:])


def rechain(rows: list[JournalEntry]) -> None:
    for before, row in pairwise([None, *rows]):
        assert row
        if before:
            row.previous = before.hash
        row.hash = entry_hash(stored(row).body)
        signed = ports.signer().sign(
            row.actor if row.actor.startswith("officer:") else "system:portal", bytes(row.hash)
        )
        row.signature, row.certificate_id = signed.signature, signed.certificate_id
        row.save()
    Dossier.objects.filter(pk=rows[-1].stream).update(journal_hash=rows[-1].hash, journal_sequence=rows[-1].sequence)


def alter(rows: list[JournalEntry]) -> None:
    forge(rows, 1, payload={**rows[1].payload, "due_at": "2027-01-01T17:00:00+07:00"})


def back_date(rows: list[JournalEntry]) -> None:
    forge(rows, 6, at=rows[0].at, recorded_at=rows[0].recorded_at - timedelta(days=3))


def delete(rows: list[JournalEntry]) -> None:
    gone = rows.pop(4)
    JournalEntry.objects.filter(pk=gone.pk).delete()
    for number, row in enumerate(rows[4:], gone.sequence):
        row.sequence = number
        JournalEntry.objects.filter(pk=row.pk).update(sequence=number)
    rows[4].previous = gone.previous
    rechain(rows[4:])


def reorder(rows: list[JournalEntry]) -> None:
    first, second = rows[4], rows[5]
    JournalEntry.objects.filter(pk=first.pk).update(sequence=999)
    first.sequence, second.sequence, second.previous = second.sequence, first.sequence, first.previous
    JournalEntry.objects.filter(pk=second.pk).update(sequence=second.sequence)
    rechain([second, first, *rows[6:]])


def cut_off(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(stream=rows[0].stream, sequence__gt=6).delete()
    Dossier.objects.filter(pk=rows[0].stream).update(journal_sequence=6, journal_hash=rows[5].hash)


ATTACKS = {alter: "rewritten", back_date: "rewritten", delete: "removed", reorder: "rewritten", cut_off: "removed"}


def attack(scene: Scene, tamper: Callable[[list[JournalEntry]], None]) -> None:
    with all_rights():
        tamper(list_entries(scene.rows[0].stream))
    if tamper is not back_date:  # whoever signs for a past moment is found by the certificates' times at the latest
        assert audit_journal().holds, "the chain alone does not tell: the attacker had every key"


def rebuild(scene: Scene, *, keep_places: bool = False) -> None:
    """Throw the log away and build another from the journal as it is now, with the log's own key."""
    with all_rights():
        places = list(LogLeaf.objects.order_by("index").values_list("entry", "salt"))
        for model in (LogLeaf, LogCheckpoint, LogAttestation, LogQueue):
            model.objects.all().delete()
    shutil.rmtree(scene.public_log.folder)
    if not keep_places:
        LogQueue.objects.bulk_create([LogQueue(entry=pk) for pk in JournalEntry.objects.values_list("pk", flat=True)])
    else:
        place_as_before(places)
    publish_log(at=datetime.now(UTC))


def place_as_before(places: list[tuple[int, bytes]]) -> None:
    """The careful attacker: every entry keeps its place and its salt, only the forged one is another."""
    hashes = dict(JournalEntry.objects.values_list("pk", "hash"))
    there = [(entry, bytes(salt)) for entry, salt in places if entry in hashes]
    LogLeaf.objects.bulk_create(
        LogLeaf(index=index, entry=entry, salt=salt, commitment=commit(salt, bytes(hashes[entry])))
        for index, (entry, salt) in enumerate(there)
    )


@pytest.mark.parametrize("tamper", ATTACKS, ids=lambda way: way.__name__)
def test_a_forged_journal_differs_from_its_log(scene: Scene, tamper: Callable[[list[JournalEntry]], None]) -> None:
    attack(scene, tamper)
    found = audit_log()
    assert found.breaks[0].code == ATTACKS[tamper]
    assert {item.entry for item in found.breaks} <= {row.pk for row in scene.rows}
    assert scene.holder() == [], "what the holder has goes on to prove what was"
    done = CliRunner().invoke(onestop, ["audit", "--json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["log"]["breaks"][0]["code"] == ATTACKS[tamper]


@pytest.mark.parametrize("keep_places", [False, True], ids=["anew", "in_the_same_places"])
@pytest.mark.parametrize("tamper", ATTACKS, ids=lambda way: way.__name__)
def test_a_log_rebuilt_over_it_is_seen_by_the_monitor_and_by_the_holder(
    scene: Scene, tamper: Callable[[list[JournalEntry]], None], keep_places: bool
) -> None:
    attack(scene, tamper)
    rebuild(scene, keep_places=keep_places)
    assert audit_log().holds, "within the house everything fits again"
    code, alarms = scene.monitor()
    assert code == 1
    assert set(alarms) <= {"log.forked", "log.shrunk"}
    assert alarms
    assert scene.holder()
    assert len(list((scene.memory / "evidence").iterdir())) == 1


def test_a_log_that_grows_again_after_it_was_cut_is_still_seen(scene: Scene, played: Codes) -> None:
    attack(scene, cut_off)
    rebuild(scene, keep_places=True)
    again = list_entries(get_unscoped(played["withdrawn"]).pk)[-1]
    for number in range(6):
        again.pk, again.stream, again.sequence = None, 99_000_000 + number, 1
        again.save(force_insert=True)
    publish_log(at=datetime.now(UTC))
    assert scene.monitor() == (1, ["log.forked"])
    assert set(scene.holder()) <= {"log.forked", "log.shrunk"} != set()


def test_an_entry_written_late_for_an_earlier_moment_is_named(scene: Scene) -> None:
    """Nothing is rewritten here: the forged entry is only put in afterwards."""
    last = scene.rows[-1]
    early = last.recorded_at - timedelta(days=9)
    body = replace(stored(last).body, stream=99_000_000, sequence=1, previous=bytes(32), at=early, recorded_at=early)
    forged = JournalEntry.objects.get(pk=last.pk)
    forged.pk, forged.stream, forged.sequence, forged.previous = None, body.stream, 1, body.previous
    forged.at = forged.recorded_at = early
    forged.hash = entry_hash(body)
    forged.save(force_insert=True)
    publish_log(at=datetime.now(UTC))
    assert scene.monitor() == (0, []), "the log grew as it may"
    assert [(item.code, item.entry) for item in audit_log().breaks] == [("back_dated", forged.pk)]


def test_an_entry_kept_out_of_the_log_is_named(scene: Scene) -> None:
    again = JournalEntry.objects.get(pk=scene.rows[-1].pk)
    again.pk, again.stream, again.sequence = None, 99_000_000, 1
    again.save(force_insert=True)
    LogQueue.objects.all().delete()
    assert [(item.code, item.entry) for item in audit_log().breaks] == [("unlogged", again.pk)]
    with pytest.raises(NotFound):
        make_proof(again)


def test_an_entry_deleted_while_it_waits_is_named(scene: Scene) -> None:
    LogQueue.objects.create(entry=123_456_789)
    publish_log(at=datetime.now(UTC))
    assert [(item.code, item.entry) for item in audit_log().breaks] == [("removed_waiting", 123_456_789)]


def test_a_leaf_altered_behind_the_back_of_the_files_is_not_published(scene: Scene) -> None:
    with all_rights():
        LogLeaf.objects.filter(index=2).update(commitment=bytes(32))
    assert {"rewritten", "head_differs"} == {item.code for item in audit_log().breaks}
    again = JournalEntry.objects.get(pk=scene.rows[-1].pk)
    again.pk, again.stream, again.sequence = None, 99_000_000, 1
    again.save(force_insert=True)
    with pytest.raises(Refused, match=r"log\.would_fork"):
        publish_log(at=datetime.now(UTC))
    assert scene.monitor() == (0, [])


def test_no_proof_is_given_of_an_entry_that_was_rewritten(scene: Scene) -> None:
    attack(scene, alter)
    with pytest.raises(Refused, match=r"log\.differs"):
        make_proof(list_entries(scene.rows[0].stream)[1])


def test_rewritten_files_are_seen_by_the_monitor(scene: Scene) -> None:
    """The head stays as it is; somebody puts other tiles or entries under it."""
    size = scene.public_log.checkpoint().head.size
    tile, bundle = (scene.public_log.folder / f"tile/{kind}/000.p/{size}" for kind in ("0", "entries"))
    whole, entries = tile.read_bytes(), bundle.read_bytes()
    tile.write_bytes(bytes(32) + whole[32:])
    code, alarms = scene.monitor()
    assert (code, alarms) == (1, ["log.tiles_differ"])
    tile.write_bytes(whole)
    shutil.rmtree(scene.memory)
    bundle.write_bytes(entries[:-1] + bytes([entries[-1] ^ 1]))
    assert scene.monitor() == (1, ["log.entries_differ"])
    bundle.write_bytes(entries)
    tile.unlink()
    assert scene.monitor() == (1, ["log.tile_missing"])
