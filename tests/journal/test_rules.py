"""The chain of entries: canonical bytes, and every way of tampering is named at the right place."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.journal.rules import (
    GENESIS,
    Break,
    EntryBody,
    Head,
    NotCanonical,
    StoredEntry,
    canonical,
    entry_hash,
    find_break,
    is_kind,
    moment_text,
)

NOON = datetime(2026, 2, 13, 5, 0, tzinfo=UTC)


def body(sequence: int, previous: bytes, **changes: object) -> EntryBody:
    """Return an entry of stream 7."""
    plain = EntryBody(
        stream=7,
        sequence=sequence,
        kind="accept",
        actor="officer:3",
        post="H49.21.01.officer",
        unit="H49.21.01",
        on_behalf_of="",
        at=NOON + timedelta(hours=sequence),
        recorded_at=NOON + timedelta(hours=sequence, seconds=1),
        ground="61/2018/NĐ-CP Đ17",
        payload={"n": sequence},
        previous=previous,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def chain(length: int) -> list[StoredEntry]:
    """Return a sound chain."""
    entries: list[StoredEntry] = []
    previous = GENESIS.hash
    for number in range(1, length + 1):
        this = body(number, previous)
        previous = entry_hash(this)
        entries.append(StoredEntry(100 + number, this, previous, b"", 1))
    return entries


def head(entries: list[StoredEntry]) -> Head:
    """Return where a chain ends."""
    return Head(entries[-1].body.sequence, entries[-1].hash)


def test_canonical_form_has_sorted_keys_no_spaces_and_raw_unicode() -> None:
    text = canonical(body(1, GENESIS.hash, payload={"b": 1, "a": "Nguyễn Thị Lan"})).decode()
    assert '"payload":{"a":"Nguyễn Thị Lan","b":1}' in text
    assert list(json.loads(text)) == sorted(json.loads(text))


@pytest.mark.parametrize("odd", [1.5, 2**53, {"ключ": 1}, {1: 1}, b"x", datetime.now])
def test_what_implementations_write_differently_is_refused(odd: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(body(1, GENESIS.hash, payload={"odd": odd}))


def test_a_moment_is_the_same_text_in_every_zone() -> None:
    hanoi = timezone(timedelta(hours=7))
    assert moment_text(NOON) == moment_text(NOON.astimezone(hanoi)) == "2026-02-13T05:00:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        moment_text(datetime(2026, 2, 13))


@pytest.mark.parametrize(("kind", "well"), [("accept", True), ("send_back", True), ("Accept", False), ("a", False)])
def test_kinds_are_snake_case(kind: str, well: bool) -> None:
    assert is_kind(kind) is well


def test_a_sound_chain_has_no_break() -> None:
    entries = chain(5)
    assert find_break(entries, head(entries)) is None
    assert find_break([], None) is None


@given(st.integers(2, 9), st.data())
def test_any_single_tampering_is_found_at_its_place(length: int, data: st.DataObject) -> None:
    entries = chain(length)
    end = head(entries)
    place = data.draw(st.integers(0, length - 1))
    way = data.draw(st.sampled_from(["altered", "deleted", "truncated", "inserted"]))
    number = place + 1
    if way == "altered":
        forged = replace(entries[place].body, payload={"n": -1})
        entries[place] = replace(entries[place], body=forged)
    elif way == "deleted":
        if place == length - 1:
            way = "truncated"
        del entries[place]
    elif way == "truncated":
        del entries[place:]
    else:
        forged = replace(entries[place].body, payload={"forged": True})
        entries.insert(place + 1, StoredEntry(999, forged, entry_hash(forged), b"", 1))
        number = place + 2
    found = find_break(entries, end)
    assert found is not None
    assert found.code == way or (way == "truncated" and not entries)
    assert found.sequence in (number, number - 1)


def test_an_altered_entry_with_a_new_hash_breaks_the_link_to_the_next() -> None:
    entries = chain(3)
    forged = replace(entries[0].body, ground="none")
    entries[0] = StoredEntry(101, forged, entry_hash(forged), b"", 1)
    assert find_break(entries, head(entries)) == Break(7, 2, "inserted", 102)
