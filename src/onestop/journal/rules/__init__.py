"""What an entry is and how a chain of them is checked. Start with `entries.py`."""

from onestop.journal.rules.entries import (
    FORMAT,
    GENESIS,
    GENESIS_HASH,
    Break,
    EntryBody,
    Head,
    NotCanonical,
    StoredEntry,
    canonical,
    entry_hash,
    find_break,
    is_altered,
    is_kind,
    may_sign,
    moment_text,
)

__all__ = [
    "FORMAT",
    "GENESIS",
    "GENESIS_HASH",
    "Break",
    "EntryBody",
    "Head",
    "NotCanonical",
    "StoredEntry",
    "canonical",
    "entry_hash",
    "find_break",
    "is_altered",
    "is_kind",
    "may_sign",
    "moment_text",
]
