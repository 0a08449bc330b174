"""Whoever has every right over the database still cannot change what happened unseen: each way is named at its place.

The tests switch the triggers off, as the owner of the tables can; everything is rolled back.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from onestop.cli.audit import audit as command
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.audits import audit_journal
from onestop.dossiers.queries.dossiers import get_unscoped, journal_heads
from onestop.journal import ports
from onestop.journal.models import JournalEntry
from onestop.journal.queries import list_entries, stored
from onestop.journal.rules import Break, entry_hash

Codes = dict[str, str]
STORY = "birth_the_same_day"
CHILDREN = ("results_result", "signing_resultpaper", "notices_slip", "process_appraisal", "dossiers_dossierpart")


@contextmanager
def all_rights() -> Iterator[None]:
    """As somebody with every right over the tables who wants to hide something."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER USER")
        yield
        cursor.execute("ALTER TABLE journal_journalentry ENABLE TRIGGER USER")


@pytest.fixture
def stream(played: Codes) -> int:
    return get_unscoped(played[STORY]).pk


def rehash(row: JournalEntry, **changes: Any) -> None:
    """Change an entry and give it the hash that fits, as somebody does who has read the code."""
    for name, value in changes.items():
        setattr(row, name, value)
    row.hash = entry_hash(stored(row).body)
    row.save()


def alter_payload(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(pk=rows[1].pk).update(
        payload={**rows[1].payload, "due_at": "2027-01-01T17:00:00+07:00"}
    )


def alter_payload_beyond_json(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(pk=rows[1].pk).update(payload={"share": 0.5})


def back_date(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(pk=rows[6].pk).update(at=rows[0].at)


def alter_and_rehash(rows: list[JournalEntry]) -> None:
    rehash(rows[3], payload={"proposal": "refuse"})


def alter_and_rehash_the_last(rows: list[JournalEntry]) -> None:
    rehash(rows[-1], payload={"way": 0})


def alter_and_rehash_all_that_follow(rows: list[JournalEntry]) -> None:
    rehash(rows[3], payload={"proposal": "refuse"})
    for before, row in pairwise(rows[3:]):
        rehash(row, previous=before.hash)
    Dossier.objects.filter(pk=rows[0].stream).update(journal_hash=rows[-1].hash)


def delete_in_the_middle(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(pk=rows[4].pk).delete()


def delete_and_close_the_gap(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(pk=rows[4].pk).delete()
    for row in rows[5:]:
        rehash(row, sequence=row.sequence - 1)
    Dossier.objects.filter(pk=rows[0].stream).update(journal_sequence=len(rows) - 1, journal_hash=rows[-1].hash)


def cut_off_the_end(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(stream=rows[0].stream, sequence__gt=6).delete()


def delete_the_whole_stream(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(stream=rows[0].stream).delete()


def delete_only_the_dossier(rows: list[JournalEntry]) -> None:
    with connection.cursor() as cursor:
        for table in CHILDREN:
            cursor.execute(f"DELETE FROM {table} WHERE dossier_id = %s", [rows[0].stream])
        cursor.execute("DELETE FROM dossiers_dossier WHERE id = %s", [rows[0].stream])


def append_a_forged_one(rows: list[JournalEntry]) -> None:
    body = replace(stored(rows[-1]).body, sequence=len(rows) + 1, previous=bytes(rows[-1].hash), kind="stop")
    forged = JournalEntry.objects.get(pk=rows[-1].pk)
    forged.pk, forged.sequence, forged.kind, forged.previous = None, body.sequence, body.kind, body.previous
    forged.hash = entry_hash(body)
    forged.save(force_insert=True)


def append_a_forged_one_and_move_the_head(rows: list[JournalEntry]) -> None:
    append_a_forged_one(rows)
    last = JournalEntry.objects.filter(stream=rows[0].stream).order_by("-sequence")[0]
    Dossier.objects.filter(pk=rows[0].stream).update(journal_sequence=last.sequence, journal_hash=last.hash)


def swap_two(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(pk=rows[2].pk).update(sequence=999)
    JournalEntry.objects.filter(pk=rows[3].pk).update(sequence=3)
    JournalEntry.objects.filter(pk=rows[2].pk).update(sequence=4)


def forge_a_signature(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(pk=rows[5].pk).update(signature=rows[4].signature)


def name_another_certificate(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(pk=rows[5].pk).update(certificate_id=rows[6].certificate_id)


def name_an_unknown_certificate(rows: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(pk=rows[5].pk).update(certificate_id=12345)


def sign_the_last_with_ones_own_key(rows: list[JournalEntry]) -> None:
    """The clerk forges the return of the result in the desk officer's name, with a key that is really hers."""
    clerk, last = rows[6], rows[-1]
    rehash(last, payload={"way": 0})
    signed = ports.signer().sign(clerk.actor, bytes(last.hash))
    JournalEntry.objects.filter(pk=last.pk).update(signature=signed.signature, certificate_id=signed.certificate_id)
    Dossier.objects.filter(pk=last.stream).update(journal_hash=last.hash)


WAYS: tuple[tuple[Callable[[list[JournalEntry]], None], int, str], ...] = (
    (alter_payload, 2, "altered"),
    (alter_payload_beyond_json, 2, "altered"),
    (back_date, 7, "altered"),
    (alter_and_rehash, 4, "signature.invalid"),
    (alter_and_rehash_the_last, 8, "altered"),
    (alter_and_rehash_all_that_follow, 4, "signature.invalid"),
    (delete_in_the_middle, 5, "deleted"),
    (delete_and_close_the_gap, 5, "inserted"),
    (cut_off_the_end, 7, "truncated"),
    (delete_the_whole_stream, 1, "deleted"),
    (delete_only_the_dossier, 1, "unclaimed"),
    (append_a_forged_one, 9, "inserted"),
    (append_a_forged_one_and_move_the_head, 9, "signature.invalid"),
    (swap_two, 3, "altered"),
    (forge_a_signature, 6, "signature.invalid"),
    (name_another_certificate, 6, "signature.invalid"),
    (name_an_unknown_certificate, 6, "certificate.unknown"),
    (sign_the_last_with_ones_own_key, 8, "certificate.of_another"),
)


def test_an_untouched_journal_holds(played: Codes) -> None:
    found = audit_journal()
    assert found.holds
    assert found.streams == len(played)
    assert found.entries == JournalEntry.objects.count() > 80
    done = CliRunner().invoke(command, ["--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "holds": True, "entries": found.entries, "dossiers": found.streams, "registers": 0, "breaks": [],
        "log": {"leaves": 0, "waiting": found.entries, "breaks": []},
    }  # fmt: skip


@pytest.mark.parametrize(("tamper", "sequence", "code"), WAYS, ids=[way.__name__ for way, _, _ in WAYS])
def test_each_way_of_tampering_is_named_at_its_place(
    played: Codes, stream: int, tamper: Callable[[list[JournalEntry]], None], sequence: int, code: str
) -> None:
    with all_rights():
        tamper(list_entries(stream))
    found = audit_journal()
    assert [(item.stream, item.sequence) for item in found.breaks] == [(stream, sequence)]
    assert found.breaks[0].code == code
    done = CliRunner().invoke(command, ["--json"])
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert said["holds"] is False
    dossier = f"#{stream}" if tamper is delete_only_the_dossier else played[STORY]
    assert [(item["dossier"], item["sequence"], item["code"]) for item in said["breaks"]] == [(dossier, sequence, code)]


def test_a_person_reads_which_dossier_and_which_entry(played: Codes, stream: int) -> None:
    with all_rights():
        alter_payload(list_entries(stream))
    done = CliRunner().invoke(command, [])
    assert done.exit_code == 1
    assert done.stdout.splitlines()[1:] == [f"{played[STORY]}: entry 2 altered", "The journal does NOT hold."]


def test_several_breaks_are_all_named(played: Codes) -> None:
    streams = sorted(get_unscoped(played[story]).pk for story in (STORY, "withdrawn", "not_received"))
    with all_rights():
        for stream in streams:
            JournalEntry.objects.filter(stream=stream, sequence=2).update(ground="không có")
    assert [(item.stream, item.sequence) for item in audit_journal().breaks] == [(stream, 2) for stream in streams]


def test_from_a_number_on_ends_are_checked_all_the_same(played: Codes, stream: int) -> None:
    newest = JournalEntry.objects.order_by("-pk")[0].pk
    assert audit_journal(from_id=newest).streams == 1
    with all_rights():
        cut_off_the_end(list_entries(stream))
    found = audit_journal(from_id=newest)
    assert found.breaks == (Break(stream, 7, "truncated"),)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_journalentry SET ground = 'x'",
        "UPDATE journal_journalentry SET id = id WHERE id = (SELECT min(id) FROM journal_journalentry)",
        "DELETE FROM journal_journalentry WHERE sequence = 2",
        "TRUNCATE journal_journalentry",
        "TRUNCATE journal_journalentry CASCADE",
    ],
)
def test_the_database_refuses_to_change_what_happened(played: Codes, statement: str) -> None:
    before = JournalEntry.objects.count()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert JournalEntry.objects.count() == before > 80


def test_the_mapper_is_refused_as_well(played: Codes, stream: int) -> None:
    for deed in (
        lambda: JournalEntry.objects.filter(stream=stream).update(ground=F("kind")),
        lambda: JournalEntry.objects.filter(stream=stream).delete(),
        lambda: list_entries(stream)[0].save(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed()


def test_heads_are_where_the_chains_end(played: Codes) -> None:
    heads = journal_heads()
    assert len(heads) == len(played)
    for stream, head in heads.items():
        assert head.sequence == len(list_entries(stream))
