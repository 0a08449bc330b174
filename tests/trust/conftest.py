"""A small authority for each test, in an empty folder, behind the real ports."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from onestop.config.trust import plug_local_trust
from onestop.journal import ports as journal_ports
from onestop.trust import ports

SOCKETS = (ports.keys, ports.authority, ports.time_stamps, ports.trust_anchors, journal_ports.signer)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Path]:
    """The folder of keys; ports are put back as they were afterwards."""
    before = [socket._adapter for socket in SOCKETS]
    folder = tmp_path / "keys"
    plug_local_trust(folder, "a secret of this test")
    yield folder
    for socket, adapter in zip(SOCKETS, before, strict=True):
        socket._adapter = adapter
