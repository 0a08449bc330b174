"""The log takes every entry once, whatever happens at the same time, and publishes files that anybody can check."""

import base64
import hashlib
import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import DatabaseError, connection, transaction

from onestop.accounts.rules import SYSTEM
from onestop.config.log import plug_log
from onestop.demo.cast import PROVINCE
from onestop.errors import Refused, Unavailable
from onestop.journal import ports
from onestop.journal.models import JournalEntry, LogAttestation, LogCheckpoint, LogLeaf, LogQueue
from onestop.journal.operations import publish_log, renew_stamp
from onestop.journal.operations.sequencing import sequence
from onestop.journal.queries.log import get_status, list_attestations
from onestop.journal.rules.checkpoints import find_checkpoint_fault, parse_checkpoint
from onestop.journal.rules.merkle import is_consistent
from onestop.journal.rules.tiles import TiledTree, hash_bundle
from onestop.trust import ports as trust
from onestop.trust.operations import issue_key
from onestop.trust.rules.names import KeyKind
from onestop.trust.rules.tokens import Believed, find_stamp_fault, token_moment
from tests.journal.log import naive
from tests.journal.log.conftest import NOW, PublicLog
from tests.journal.log.entries import all_rights, every_entry_has_one_place, leaf_hashes, write_entries

ROOT = Path(__file__).resolve().parents[3]


def files_of(public_log: PublicLog) -> dict[str, bytes]:
    folder = public_log.folder
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_empty_journal_has_an_empty_head(database: str, public_log: PublicLog) -> None:
    assert publish_log(at=NOW) == 0
    head = public_log.checkpoint().head
    assert (head.size, head.root) == (0, naive.root([]))
    assert not [name for name in files_of(public_log) if name.startswith("tile")]
    write_entries(1)
    assert publish_log(at=NOW) == 1
    assert public_log.checkpoint().head.root == leaf_hashes()[0]


def test_what_is_published_is_the_tree_of_the_definition(database: str, public_log: PublicLog) -> None:
    for count in (3, 250, 3, 1, 600):
        write_entries(count)
        assert publish_log(at=NOW) == count
        hashes = leaf_hashes()
        signed = public_log.checkpoint()
        assert find_checkpoint_fault(signed, [public_log.key]) is None
        assert (signed.head.size, signed.head.root) == (len(hashes), naive.root(hashes))
        files = files_of(public_log)
        for name, data in naive.tiles(hashes).items():
            assert files[name] == data, name
            if name.startswith("tile/0/"):
                assert b"".join(hash_bundle(files[name.replace("tile/0", "tile/entries")]) or []) == data
    assert every_entry_has_one_place()
    assert not [name for name in files if "/000.p/" in name and "tile/0" in name], (
        "unfinished tiles go with the full one"
    )


def test_every_head_goes_on_from_the_one_before(database: str, public_log: PublicLog) -> None:
    heads = []
    for count in (1, 2, 300, 7):
        write_entries(count)
        publish_log(at=NOW)
        heads.append(public_log.checkpoint().head)
    hashes = leaf_hashes()
    for old in heads:
        proof = naive.proof(old.size, hashes)
        assert is_consistent(old.size, old.root, heads[-1].size, heads[-1].root, proof)


def test_a_log_that_takes_a_new_name_goes_on_over_the_same_tree(
    database: str, public_log: PublicLog, settings: Any, tmp_path: Path
) -> None:
    write_entries(300)
    publish_log(at=NOW)
    first, old_key = public_log.checkpoint(), public_log.key
    settings.LOG_ORIGIN = "log.example/second"
    plug_log(public_log.folder, tmp_path / "new-keys", "only-for-tests")
    write_entries(1)
    publish_log(at=NOW)
    second = public_log.checkpoint()
    assert find_checkpoint_fault(second, [public_log.key]) is None
    assert find_checkpoint_fault(second, [old_key]) == "log.other_origin"
    assert public_log.read("key").decode().strip() == str(public_log.key)
    proof = naive.proof(300, leaf_hashes())
    assert is_consistent(300, first.head.root, 301, second.head.root, proof)


def test_nothing_new_changes_no_file(database: str, public_log: PublicLog) -> None:
    write_entries(5)
    publish_log(at=NOW)
    before = files_of(public_log)
    assert publish_log(at=NOW + timedelta(minutes=1)) == 0
    assert files_of(public_log) == before


def test_a_file_that_was_lost_or_spoilt_is_made_again(database: str, public_log: PublicLog) -> None:
    write_entries(700)
    publish_log(at=NOW)
    before = naive.tiles(leaf_hashes())
    (public_log.folder / "tile/1/000.p/2").write_bytes(bytes(64))
    (public_log.folder / "tile/0/001").unlink()
    write_entries(1)
    publish_log(at=NOW)
    after = files_of(public_log)
    assert after["tile/0/001"] == before["tile/0/001"]
    assert after["tile/1/000.p/2"] == before["tile/1/000.p/2"]
    assert public_log.checkpoint().head.root == naive.root(leaf_hashes())


def test_entries_that_are_rolled_back_never_wait(database: str) -> None:
    with transaction.atomic():
        write_entries(3)
        transaction.set_rollback(True)
    assert LogQueue.objects.count() == 0
    write_entries(1)
    assert sequence() == 1


def test_late_commits_of_early_numbers_are_not_skipped(real_database: str) -> None:
    """An entry numbered first and committed last: what a sequencer that remembers the last id would lose."""
    begun, sequenced = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write_entries(1)
            begun.set()
            sequenced.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    begun.wait(20)
    write_entries(1)
    assert sequence() == 1
    late = JournalEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    sequenced.set()
    thread.join()
    early = JournalEntry.objects.order_by("pk").values_list("pk", flat=True)[0]
    assert early < late
    assert sequence() == 1
    assert list(LogLeaf.objects.order_by("index").values_list("entry", flat=True)) == [late, early]
    assert every_entry_has_one_place()


def test_many_writers_and_two_sequencers_at_once(real_database: str, public_log: PublicLog) -> None:
    ended = threading.Event()
    faults: list[BaseException] = []

    def guarded(work: object, *args: int) -> None:
        try:
            work(*args)  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001
            faults.append(error)
        finally:
            connection.close()

    def write(number: int) -> None:
        for turn in range(12):
            with transaction.atomic():
                write_entries(1 + (turn + number) % 4)
                transaction.set_rollback(turn % 5 == 4)

    def publish() -> None:
        while not ended.is_set():
            publish_log(at=NOW)

    writers = [threading.Thread(target=guarded, args=(write, number)) for number in range(3)]
    publishers = [threading.Thread(target=guarded, args=(publish,)) for _ in range(2)]
    for thread in [*writers, *publishers]:
        thread.start()
    for thread in writers:
        thread.join()
    ended.set()
    for thread in publishers:
        thread.join()
    publish_log(at=NOW)
    assert not faults
    assert every_entry_has_one_place()
    hashes = leaf_hashes()
    assert len(hashes) > 60
    assert public_log.checkpoint().head.root == naive.root(hashes)
    for row in LogCheckpoint.objects.all():
        assert bytes(row.root) == naive.root(hashes[: row.size])


def test_a_database_from_an_old_copy_is_not_published_over_the_newer_log(database: str, public_log: PublicLog) -> None:
    write_entries(4)
    publish_log(at=NOW)
    shown = files_of(public_log)
    with all_rights():
        LogCheckpoint.objects.all().delete()
        LogLeaf.objects.filter(index__gt=1).delete()
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            publish_log(at=NOW)
        assert refused.value.code == "log.would_fork"
        assert files_of(public_log)["checkpoint"] == shown["checkpoint"]
        write_entries(5)


def test_a_writer_killed_at_any_step_leaves_nothing_half_done(real_database: str, tmp_path: Path) -> None:
    """A child publishes and is killed before its first statement or file, then before its second, and so on.

    After each death the published head goes on from the one before, and in the end every entry has one place.
    """
    command = [sys.executable, "-m", "tests.journal.log.crashing", real_database, str(tmp_path)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    deaths = [parse_checkpoint(base64.b64decode(line)) for line in done.stdout.split()]
    assert len(deaths) > 20
    assert every_entry_has_one_place()
    hashes = leaf_hashes()
    sizes = [signed.head.size for signed in deaths]
    assert sizes == sorted(sizes)
    assert sizes[-1] == len(hashes) > len(deaths)
    tiles = naive.tiles(hashes)
    tree = TiledTree(len(hashes), lambda tile: tiles.get(tile.path))
    assert all(signed.head.root == tree.root(signed.head.size) for signed in deaths)
    assert all((tmp_path / "public" / name).read_bytes() == data for name, data in tiles.items())


def test_seal_and_stamp_hold_by_the_tools_of_others(database: str, public_log: PublicLog, tmp_path: Path) -> None:
    _certify()
    write_entries(2)
    publish_log(at=NOW)
    text, roots = public_log.checkpoint().head.text.encode(), tmp_path / "roots.pem"
    (tmp_path / "text").write_bytes(text)
    anchors = [x509.load_der_x509_certificate(der) for der in trust.trust_anchors().roots()]
    roots.write_bytes(b"".join(root.public_bytes(Encoding.PEM) for root in anchors))
    place = public_log.folder / "checkpoint"
    for command in (
        f"openssl cms -verify -inform DER -in {place}.p7s -content {tmp_path}/text -CAfile {roots} -binary",
        f"openssl ts -verify -token_in -in {place}.tst -data {tmp_path}/text -CAfile {roots}",
    ):
        done = subprocess.run(command.split(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        (tmp_path / "text").write_bytes(text.replace(b"\n2\n", b"\n3\n"))
        assert subprocess.run(command.split(), capture_output=True, check=False).returncode != 0
        (tmp_path / "text").write_bytes(text)
    stamp, believed = public_log.read("checkpoint.tst"), Believed(anchors, (), {})
    assert token_moment(stamp) == NOW
    assert find_stamp_fault(stamp, _sha256(text), believed) is None
    assert find_stamp_fault(stamp, _sha256(text), Believed((), (), {})) == "certificate.untrusted"
    assert find_stamp_fault(stamp, _sha256(b"other"), believed) == "imprint"
    assert find_stamp_fault(b"rubbish", _sha256(text), believed) == "unreadable"


class NoNotary:
    def seal(self, data: bytes) -> bytes:
        raise Unavailable("keys.none")

    def stamp(self, data: bytes, at: object) -> bytes:
        raise Unavailable("time_stamps.down")


def test_without_an_authority_the_log_goes_on_and_is_stamped_later(database: str, public_log: PublicLog) -> None:
    _certify()
    notary = ports.notary()
    ports.notary.plug(NoNotary())
    for _ in range(3):
        write_entries(1)
        publish_log(at=NOW)
    assert public_log.checkpoint().head.size == 3
    assert get_status().stamped_at is None
    assert not (public_log.folder / "checkpoint.tst").exists()
    assert not renew_stamp(at=NOW + timedelta(hours=1))
    ports.notary.plug(notary)
    publish_log(at=NOW + timedelta(minutes=9))
    assert [(size, kind) for size, kind, _ in list_attestations(9)] == [
        (size, kind) for kind in ("stamp", "seal") for size in (1, 2, 3)
    ]
    assert get_status().stamped_at == NOW + timedelta(minutes=9)
    assert token_moment(public_log.read("checkpoint.tst")) == NOW + timedelta(minutes=9)


def test_in_silence_the_newest_head_is_stamped_again(database: str, public_log: PublicLog) -> None:
    _certify()
    write_entries(1)
    publish_log(at=NOW)
    assert not renew_stamp(at=NOW + timedelta(minutes=4))
    assert renew_stamp(at=NOW + timedelta(minutes=6))
    assert token_moment(public_log.read("checkpoint.tst")) == NOW + timedelta(minutes=6)
    assert token_moment(public_log.read("checkpoints/001.tst")) == NOW


@pytest.mark.parametrize("model", [LogLeaf, LogCheckpoint, LogAttestation])
def test_the_database_refuses_to_change_the_log(database: str, public_log: PublicLog, model: type) -> None:
    _certify()
    write_entries(1)
    publish_log(at=NOW)
    assert model.objects.count() >= 1  # type: ignore[attr-defined]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.all().delete()  # type: ignore[attr-defined]


def test_nothing_in_the_files_can_be_guessed(database: str, public_log: PublicLog) -> None:
    """Neither an entry's hash nor its salt is shown, so nobody can try out what it might say."""
    write_entries(40)
    publish_log(at=NOW)
    shown = b"".join(files_of(public_log).values())
    assert not [row.pk for row in JournalEntry.objects.all() if bytes(row.hash) in shown]
    assert not [row.pk for row in LogLeaf.objects.all() if bytes(row.salt) in shown]
    assert all(bytes(row.commitment) in shown for row in LogLeaf.objects.all())


def _certify() -> None:
    """Put the portal's key on record here too: under the names that the province gives it, since keys are files."""
    issue_key(key=SYSTEM.key, common_name="Cổng dịch vụ công", organisation=PROVINCE, kind=KeyKind.SYSTEM, at=NOW)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
