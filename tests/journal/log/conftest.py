"""A public log of its own for a test: its folder, its key, its authority; and a bare database where commits count."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from onestop.config.log import plug_log
from onestop.journal import ports
from onestop.journal.rules.checkpoints import SignedCheckpoint, parse_checkpoint
from onestop.journal.rules.notes import VerifierKey
from tests.world import copied, migrated, on_database, rolled_back

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class PublicLog:
    """Where the files lie, and the key to check them with."""

    folder: Path

    @property
    def key(self) -> VerifierKey:
        return ports.log_key().verifier()

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def checkpoint(self) -> SignedCheckpoint:
        return parse_checkpoint(self.read("checkpoint"))


PORTS = (ports.log_files, ports.log_key, ports.notary, ports.witnesses)


@pytest.fixture
def public_log(tmp_path: Path) -> Iterator[PublicLog]:
    """A log in a folder of its own, sealed and stamped by the authority that all tests share."""
    before = [port._adapter for port in PORTS]
    plug_log(tmp_path / "public", tmp_path / "keys", "only-for-tests")
    yield PublicLog(tmp_path / "public")
    for port, adapter in zip(PORTS, before, strict=True):
        port._adapter = adapter


@pytest.fixture(scope="session")
def empty_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The tables and nothing in them."""
    with django_db_blocker.unblock(), migrated() as base, copied(f"{base}_log", base) as name:
        yield name


@pytest.fixture
def database(empty_database: str, django_db_blocker: Any) -> Iterator[str]:
    """The empty tables; what a test does is rolled back."""
    with django_db_blocker.unblock(), on_database(empty_database), rolled_back():
        yield empty_database


@pytest.fixture
def real_database(empty_database: str, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the empty tables in which commits are commits."""
    with (
        django_db_blocker.unblock(),
        copied(f"{empty_database}_log_{os.getpid()}", empty_database) as name,
        on_database(name),
    ):
        yield name
