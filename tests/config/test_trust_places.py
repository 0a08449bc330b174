"""Where keys live, as the administrator's file says."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onestop.config.trust import believed_places, plug_local_trust
from onestop.config.trust_places import read_places
from onestop.errors import Invalid
from onestop.journal import ports as journal_ports
from onestop.trust import ports
from onestop.trust.rules import KeyKind
from onestop.trust.rules.certificates import FIRST_VALID
from tests.hsm import PIN, SoftHsm
from tests.stand_ins import RemoteSigning

DIGEST = hashlib.sha256(b"what is signed").digest()
SOCKETS = (ports.keys, ports.authority, ports.time_stamps, ports.trust_anchors, journal_ports.signer)


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Writes the administrator's file and wires trust by it; everything is put back afterwards."""
    before = [socket._adapter for socket in SOCKETS]

    def by(text: str) -> None:
        file = tmp_path / "trust.toml"
        file.write_text(text)
        plug_local_trust(tmp_path / "keys", "a secret of this test", file)

    yield by
    for socket, adapter in zip(SOCKETS, before, strict=True):
        socket._adapter = adapter


def enrol(key: str) -> tuple[bytes, ...]:
    kind = KeyKind.OFFICER if key.startswith("officer") else KeyKind.ORGANISATION
    subject = ports.Subject(key, "Ai đó", "UBND", kind, FIRST_VALID, FIRST_VALID.replace(year=2033))
    return ports.keys().enrol(key, lambda public: ports.authority().issue(subject, public))


def test_each_key_lives_where_its_name_says(
    plug: Callable[[str], None], hsm: SoftHsm, tmp_path: Path, outside_remote_signing: RemoteSigning
) -> None:
    token, remote = hsm.make_token(), outside_remote_signing.stand_in
    (tmp_path / "pin").write_text(f"{PIN}\n")
    (tmp_path / "client").write_text(remote.secret("client")["client_secret"])
    passphrases = tmp_path / "passphrases.toml"
    passphrases.write_text('"officer:12" = "mật khẩu"')
    passphrases.chmod(0o600)
    credential = outside_remote_signing.open_credential("officer:13")
    plug(f"""
        anchors = ["{remote.folder}/public"]
        [[keys]]
        names = ["seal:*"]
        kind = "pkcs11"
        module = "{hsm.module}"
        token = "{token}"
        pin = {{file = "{tmp_path}/pin"}}
        algorithm = "rsa-2048"
        [[keys]]
        names = ["officer:12"]
        kind = "pkcs12"
        folder = "{tmp_path}/p12"
        passphrases = "{passphrases}"
        [[keys]]
        names = ["officer:13"]
        kind = "csc"
        url = "{remote.url}csc/v2"
        authority = "{remote.tls_root}"
        client_id = "{remote.secret("client")["client_id"]}"
        client_secret = {{file = "{tmp_path}/client"}}
        credentials = {{"officer:13" = "{credential}"}}
    """)
    for key in ("seal:H49.21", "officer:12", "officer:14"):
        enrol(key)
    assert len(ports.keys().sign("seal:H49.21", DIGEST)) == 256, "RSA, on the token"
    assert (tmp_path / "p12" / "officer_12.p12").exists()
    assert (tmp_path / "keys" / "private" / "officer_14.key").exists(), "what no other keeps, we do"
    assert not (tmp_path / "keys" / "private" / "officer_12.key").exists()
    request = ports.keys().request("officer:13", DIGEST)
    granted = ports.keys().confirm(request, outside_remote_signing.factors(credential))
    assert ports.keys().collect(granted)
    assert len(ports.trust_anchors().roots()) == 2


def test_a_secret_may_stand_in_the_environment(
    plug: Callable[[str], None], hsm: SoftHsm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_PIN_OF_THIS_TEST", PIN)
    where = f'kind = "pkcs11"\nmodule = "{hsm.module}"\ntoken = "{hsm.make_token()}"'
    plug(f'[[keys]]\nnames = ["seal:*"]\n{where}\npin = {{env = "A_PIN_OF_THIS_TEST"}}')
    assert enrol("seal:H49.21") == ports.keys().chain("seal:H49.21")


def test_everything_wrong_is_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "trust.toml"
    file.write_text("""
        anchors = ["/nowhere/to/be/found"]
        [[keys]]
        names = "seal:*"
        kind = "pkcs11"
        module = "/x.so"
        pin = "1234"
        algorithm = "rsa-1024"
        [[keys]]
        names = ["officer:*"]
        kind = "card"
    """)
    with pytest.raises(Invalid, match=r"trust\.bad_configuration") as error:
        read_places(file)
    assert [fault.field for fault in error.value.faults] == [
        "keys 1: names",
        "keys 1: pin",
        "keys 1: token",
        "keys 1: algorithm",
        "keys 2",
        "anchors",
    ]
    assert "1234" not in str([fault.params for fault in error.value.faults]), "a secret is not repeated"


@pytest.mark.parametrize("text", ["[[keys]", None])
def test_a_file_that_cannot_be_read(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "trust.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(Invalid, match=r"trust\.bad_configuration"):
        read_places(file)


def test_checks_believe_whom_the_file_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "anchors").mkdir()
    (tmp_path / "trust.toml").write_text(f'anchors = ["{tmp_path}/anchors"]')
    assert believed_places(tmp_path / "keys") == (tmp_path / "keys",)
    monkeypatch.setenv("ONESTOP_TRUST", str(tmp_path / "trust.toml"))
    assert believed_places(tmp_path / "keys") == (tmp_path / "keys", tmp_path / "anchors")
