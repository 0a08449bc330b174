"""A register is a stream of its own below zero: chained, signed, audited like a dossier's, and never mixed with one."""

from datetime import UTC, datetime

from django.db import connection

from onestop.accounts.rules import SYSTEM
from onestop.dossiers.queries.audits import audit_journal
from onestop.dossiers.queries.dossiers import find_code
from onestop.journal.models import Register
from onestop.journal.operations import record_in_register
from onestop.journal.queries import list_register
from tests.world import World

AT = datetime(2026, 3, 1, tzinfo=UTC)


def enter(register: str, count: int) -> None:
    """Enter as many entries in a register."""
    for number in range(count):
        record_in_register(register, kind="take_snapshot", by=SYSTEM, at=AT, payload={"number": number})


def test_registers_are_chained_apart_from_one_another_and_hold(world: World) -> None:
    enter("snapshots", 2)
    enter("plans", 1)
    enter("snapshots", 1)
    entries = list_register("snapshots")
    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert len({entry.stream for entry in entries}) == 1
    assert entries[0].stream < 0
    assert list_register("nothing") == []
    found = audit_journal()
    assert (found.holds, found.streams, found.entries) == (True, 2, 4)


def test_an_entry_cut_off_a_register_is_named(world: World) -> None:
    enter("snapshots", 3)
    stream = Register.objects.get().stream
    with connection.cursor() as cursor:  # as somebody with the rights of the server's owner might
        cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM journal_journalentry WHERE stream = %s AND sequence = 3", [stream])
        cursor.execute("ALTER TABLE journal_journalentry ENABLE TRIGGER ALL")
    (broken,) = audit_journal().breaks
    assert (broken.code, broken.sequence, find_code(broken.stream)) == ("truncated", 3, "snapshots")


def test_a_register_that_is_gone_leaves_its_entries_unclaimed(world: World) -> None:
    enter("snapshots", 1)
    Register.objects.all().delete()
    (broken,) = audit_journal().breaks
    assert broken.code == "unclaimed"
