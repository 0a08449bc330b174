"""`onestop keys`: certificates listed, issued, adopted, renewed, revoked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onestop.cli.keys import keys
from onestop.config.trust import plug_local_trust
from onestop.errors import Invalid, NotFound, Refused, Unavailable
from onestop.journal import ports as journal_ports
from onestop.trust import ports
from onestop.trust.rules.certificates import FIRST_VALID
from tests.hsm import PIN, SoftHsm

SOCKETS = (ports.keys, ports.authority, ports.time_stamps, ports.trust_anchors, journal_ports.signer)
SEAL = ("seal:H49.21", "--name", "Ủy ban nhân dân phường Hồng Gai", "--organisation", "Ủy ban nhân dân phường Hồng Gai")


@pytest.fixture
def folder(tmp_path: Path, db: None) -> Iterator[Path]:
    """A folder of keys of its own; ports are put back as they were afterwards."""
    before = [socket._adapter for socket in SOCKETS]
    plug_local_trust(tmp_path / "keys", "a secret of this test")
    yield tmp_path
    for socket, adapter in zip(SOCKETS, before, strict=True):
        socket._adapter = adapter


def run(*arguments: str) -> Any:
    done = CliRunner().invoke(keys, [*arguments, "--json"])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_life_of_a_key(folder: Path) -> None:
    first = run("issue", *SEAL)
    assert run("issue", *SEAL)["number"] == first["number"]
    second = run("renew", "seal:H49.21")
    assert second["number"] != first["number"]
    revoked = run("revoke", "seal:H49.21", "--reason", "key_compromise", "--yes")
    assert (revoked["number"], revoked["reason"]) == (second["number"], "key_compromise")
    with pytest.raises(Unavailable, match=r"key\.unknown"):
        ports.keys().sign("seal:H49.21", bytes(32))
    with pytest.raises(Refused, match=r"key\.revoked"):
        run("issue", *SEAL)
    with pytest.raises(NotFound):
        run("revoke", "seal:H49.21", "--reason", "superseded", "--yes")
    third = run("renew", "seal:H49.21")
    assert [row["number"] for row in run("list", "seal:H49.21")][:1] == [third["number"]]
    assert len(run("list")) == 3
    assert run("list", "--expiring", "30") == []
    assert [row["key"] for row in run("list", "--expiring", "5000")] == ["seal:H49.21"]


def test_a_name_that_is_none(folder: Path) -> None:
    with pytest.raises(Invalid, match=r"key\.cannot_issue"):
        run("issue", "../seal", "--name", "x")


def test_nothing_is_destroyed_without_a_yes(folder: Path) -> None:
    run("issue", *SEAL)
    done = CliRunner().invoke(keys, ["revoke", "seal:H49.21", "--reason", "superseded"], input="n\n")
    assert done.exit_code == 1
    assert ports.keys().sign("seal:H49.21", bytes(32))


def test_a_token_that_somebody_else_filled_is_adopted(folder: Path, hsm: SoftHsm) -> None:
    from onestop.trust.adapters.pkcs11_keys import Pkcs11Keys
    from onestop.trust.rules import KeyKind

    token = Pkcs11Keys(hsm.module, hsm.make_token(), lambda: PIN, labels={"seal:H49.21": "HONG GAI 2026"})
    subject = ports.Subject(
        "MST:5700100", SEAL[2], SEAL[4], KeyKind.ORGANISATION, FIRST_VALID, FIRST_VALID.replace(year=2030)
    )
    chain = token.enrol("seal:H49.21", lambda public: ports.authority().issue(subject, public))
    ports.keys.plug(token)
    adopted = run("issue", *SEAL)
    assert ports.keys().chain("seal:H49.21") == chain
    assert adopted["valid_until"] == "2029-12-31T17:00:00+00:00"
