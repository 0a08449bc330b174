"""What each keeper of keys does in its own trouble: wrong secrets, tokens pulled out, a service that is ill."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509

from onestop.errors import Unavailable
from onestop.trust.adapters.csc_client import Service
from onestop.trust.adapters.csc_keys import CscKeys
from onestop.trust.adapters.local_authority import LocalAuthority
from onestop.trust.adapters.pkcs11_keys import Pkcs11Keys
from onestop.trust.adapters.pkcs12_keys import Pkcs12Keys
from onestop.trust.ports import Keys, SignatureRequest, Subject
from onestop.trust.rules import KeyKind
from onestop.trust.rules.algorithms import fits, usable
from onestop.trust.rules.certificates import FIRST_VALID
from tests.hsm import PIN, SoftHsm
from tests.stand_ins import RemoteSigning

DIGEST = hashlib.sha256(b"what is signed").digest()
OFFICER = "officer:12"
SUBJECT = Subject(OFFICER, "Nguyễn Văn Quang", "UBND", KeyKind.OFFICER, FIRST_VALID, FIRST_VALID.replace(year=2033))


@pytest.fixture
def authority(tmp_path: Path) -> LocalAuthority:
    return LocalAuthority(tmp_path / "authority", "a secret of this test")


def holds(keys: Keys, signature: bytes | None) -> bool:
    key = usable(x509.load_der_x509_certificate(keys.chain(OFFICER)[0]).public_key())
    return key is not None and signature is not None and fits(key, DIGEST, signature)


# -- PKCS#12 ------------------------------------------------------------------------------------------


def passphrases(folder: Path, text: str = f'"{OFFICER}" = "đúng rồi"', mode: int = 0o600) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "passphrases.toml"
    file.write_text(text)
    file.chmod(mode)
    return file


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl: apt-get install openssl")
@pytest.mark.parametrize("kind", [["rsa:2048"], ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]], ids=["rsa", "ec"])
def test_a_file_that_another_program_made(tmp_path: Path, kind: list[str]) -> None:
    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=tmp_path, check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=CA")
    openssl("req", "-new", "-newkey", *kind, "-nodes", "-keyout", "k.key", "-out", "k.csr", "-subj", "/CN=Quang")
    openssl("x509", "-req", "-in", "k.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "k.pem")
    (tmp_path / "p12").mkdir()
    made = ("-inkey", "k.key", "-in", "k.pem", "-certfile", "ca.pem", "-out", "p12/officer_12.p12")
    openssl("pkcs12", "-export", *made, "-passout", "pass:đúng rồi")
    keys = Pkcs12Keys(tmp_path / "p12", passphrases(tmp_path / "etc"))
    assert len(keys.chain(OFFICER)) == 1, "the root is left out"
    assert holds(keys, keys.sign(OFFICER, DIGEST))


def enrolled(keys: Keys, authority: LocalAuthority) -> Keys:
    keys.enrol(OFFICER, lambda public: authority.issue(SUBJECT, public))
    return keys


def test_our_file_opens_elsewhere_with_its_passphrase(tmp_path: Path, authority: LocalAuthority) -> None:
    enrolled(Pkcs12Keys(tmp_path / "p12", passphrases(tmp_path / "etc")), authority)
    file = str(tmp_path / "p12" / "officer_12.p12")
    command = ["openssl", "pkcs12", "-in", file, "-nokeys", "-passin"]
    if not shutil.which("openssl"):
        pytest.skip("needs openssl: apt-get install openssl")
    right, wrong = (
        subprocess.run([*command, f"pass:{word}"], capture_output=True, text=True, check=False)
        for word in ("đúng rồi", "sai")
    )
    assert right.stdout.count("BEGIN CERTIFICATE") == 2
    assert wrong.returncode != 0


@pytest.mark.parametrize(
    ("text", "mode", "code"),
    [
        (f'"{OFFICER}" = "sai"', 0o600, "key.locked"),
        ('"officer:13" = "đúng rồi"', 0o600, "keys.no_secret"),
        (f'"{OFFICER}" = "đúng rồi"', 0o640, "keys.secret_open"),
    ],
)
def test_a_passphrase_that_does_not_open(
    tmp_path: Path, authority: LocalAuthority, text: str, mode: int, code: str
) -> None:
    enrolled(Pkcs12Keys(tmp_path / "p12", passphrases(tmp_path / "etc")), authority)
    keys = Pkcs12Keys(tmp_path / "p12", passphrases(tmp_path / "etc", text, mode))
    with pytest.raises(Unavailable) as error:
        keys.sign(OFFICER, DIGEST)
    assert error.value.code == code


def test_passphrases_never_lie_beside_the_keys(tmp_path: Path, authority: LocalAuthority) -> None:
    keys = Pkcs12Keys(tmp_path / "p12", passphrases(tmp_path / "p12"))
    with pytest.raises(Unavailable, match=r"keys\.secret_open"):
        enrolled(keys, authority)
    assert not (tmp_path / "p12" / "officer_12.p12").exists()


# -- PKCS#11 ------------------------------------------------------------------------------------------


def test_a_wrong_pin_is_tried_once(hsm: SoftHsm, authority: LocalAuthority) -> None:
    asked: list[str] = []

    def wrong() -> str:
        asked.append("0000")
        return "0000"

    keys = Pkcs11Keys(hsm.module, hsm.make_token(), wrong)
    with pytest.raises(Unavailable, match=r"key\.locked"):
        enrolled(keys, authority)
    assert len(asked) == 1


def test_a_token_pulled_out_and_put_back(hsm: SoftHsm, authority: LocalAuthority, tmp_path: Path) -> None:
    keys = enrolled(Pkcs11Keys(hsm.module, hsm.make_token(), lambda: PIN), authority)
    assert holds(keys, keys.sign(OFFICER, DIGEST))
    before = sorted(hsm.tokens.iterdir())
    for token in before:
        token.rename(tmp_path / token.name)
    with pytest.raises(Unavailable, match=r"keys\.down"):
        keys.sign(OFFICER, DIGEST)
    for token in before:
        (tmp_path / token.name).rename(token)
    assert holds(keys, keys.sign(OFFICER, DIGEST))


def test_a_key_never_leaves_its_token(hsm: SoftHsm, authority: LocalAuthority) -> None:
    import pkcs11

    keys = Pkcs11Keys(hsm.module, hsm.make_token(), lambda: PIN)
    enrolled(keys, authority)
    held = keys._held or (keys.chain(OFFICER) and keys._held)
    private_key = held[OFFICER].private_key
    assert private_key[pkcs11.Attribute.SENSITIVE]
    assert not private_key[pkcs11.Attribute.EXTRACTABLE]
    with pytest.raises(pkcs11.AttributeSensitive):
        private_key[pkcs11.Attribute.VALUE]


def test_each_process_opens_the_token_for_itself(hsm: SoftHsm, authority: LocalAuthority) -> None:
    """A server's workers are forked from one process: a session does not outlive that."""
    keys = Pkcs11Keys(hsm.module, hsm.make_token(), lambda: PIN)
    enrolled(keys, authority)
    program = (
        "import os, sys, hashlib\n"
        "from onestop.trust.adapters.pkcs11_keys import Pkcs11Keys\n"
        f"keys = Pkcs11Keys({hsm.module!r}, {keys._token!r}, lambda: {PIN!r})\n"
        "digest = hashlib.sha256(b'what is signed').digest()\n"
        f"assert keys.sign({OFFICER!r}, digest)\n"
        "child = os.fork()\n"
        "if not child:\n"
        f"    print(keys.sign({OFFICER!r}, digest).hex(), flush=True); os._exit(0)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert holds(keys, bytes.fromhex(done.stdout.strip()))


def test_another_label_than_the_key_s_name(hsm: SoftHsm, authority: LocalAuthority) -> None:
    keys = Pkcs11Keys(hsm.module, hsm.make_token(), lambda: PIN, labels={OFFICER: "Khóa số 7"})
    enrolled(keys, authority)
    assert holds(keys, keys.sign(OFFICER, DIGEST))
    plain = Pkcs11Keys(hsm.module, keys._token, lambda: PIN)
    with pytest.raises(Unavailable, match=r"key\.unknown"):
        plain.chain(OFFICER)


# -- remote signing -----------------------------------------------------------------------------------


@pytest.fixture
def remote(outside_remote_signing: RemoteSigning) -> Callable[..., tuple[CscKeys, str]]:
    """Makes an adapter and a credential of the officer's; arguments change how the service is reached."""
    secret = outside_remote_signing.stand_in.secret("client")
    service = Service(
        url=f"{outside_remote_signing.stand_in.url}csc/v2",
        authority=outside_remote_signing.stand_in.tls_root,
        client_id=secret["client_id"],
        client_secret=lambda: secret["client_secret"],
    )

    def make(*, by_phone: bool = False, **how: object) -> tuple[CscKeys, str]:
        credential = outside_remote_signing.open_credential(OFFICER, by_phone=by_phone)
        return CscKeys(replace(service, **how), {OFFICER: credential}), credential  # type: ignore[arg-type]

    return make


def test_nothing_is_signed_before_the_holder_has_typed(remote: Callable[..., tuple[CscKeys, str]]) -> None:
    keys, _ = remote()
    with pytest.raises(Unavailable, match=r"key\.asks_holder"):
        keys.sign(OFFICER, DIGEST)
    request = keys.request(OFFICER, DIGEST)
    assert request.asks == ("PIN", "OTP")
    assert keys.collect(request) is None


def test_any_process_may_collect(
    remote: Callable[..., tuple[CscKeys, str]], outside_remote_signing: RemoteSigning
) -> None:
    keys, credential = remote(by_phone=True)
    request = keys.request(OFFICER, DIGEST)
    assert (request.asks, keys.collect(request)) == ((), None)
    outside_remote_signing.answer(credential)
    other = CscKeys(keys._client._service, {OFFICER: credential})
    assert holds(other, other.collect(SignatureRequest(OFFICER, DIGEST, request.ticket)))


def test_the_holder_may_say_no(
    remote: Callable[..., tuple[CscKeys, str]], outside_remote_signing: RemoteSigning
) -> None:
    keys, credential = remote(by_phone=True)
    request = keys.request(OFFICER, DIGEST)
    outside_remote_signing.answer(credential, yes=False)
    with pytest.raises(Unavailable, match=r"key\.refused"):
        keys.collect(request)


def test_a_consent_does_not_serve_for_another_digest(
    remote: Callable[..., tuple[CscKeys, str]], outside_remote_signing: RemoteSigning
) -> None:
    keys, credential = remote()
    granted = keys.confirm(keys.request(OFFICER, DIGEST), outside_remote_signing.factors(credential))
    with pytest.raises(Unavailable, match=r"key\.refused"):
        keys.collect(SignatureRequest(OFFICER, DIGEST[::-1], granted.ticket))
    assert holds(keys, keys.collect(granted))
    with pytest.raises(Unavailable, match=r"key\.refused"):
        keys.collect(granted)


def test_wrong_factors_are_refused_and_then_locked(
    remote: Callable[..., tuple[CscKeys, str]], outside_remote_signing: RemoteSigning
) -> None:
    keys, credential = remote()
    codes = []
    for _ in range(3):
        wrong = {"PIN": "0000", "OTP": outside_remote_signing.next_code(credential)}
        with pytest.raises(Unavailable) as error:
            keys.confirm(keys.request(OFFICER, DIGEST), wrong)
        codes.append(error.value.code)
        assert "0000" not in str(error.value)
    assert codes == ["key.refused", "key.refused", "key.locked"]


def test_a_service_that_is_down_is_asked_again_and_said_to_be_down(
    remote: Callable[..., tuple[CscKeys, str]], outside_remote_signing: RemoteSigning
) -> None:
    keys, credential = remote()
    request = keys.request(OFFICER, DIGEST)
    outside_remote_signing.stand_in.behave(down=True)
    with pytest.raises(Unavailable, match=r"keys\.down"):
        keys.confirm(request, outside_remote_signing.factors(credential))
    outside_remote_signing.stand_in.behave()
    granted = keys.confirm(request, outside_remote_signing.factors(credential))
    assert holds(keys, keys.collect(granted))


def test_a_service_that_does_not_answer_in_time(
    remote: Callable[..., tuple[CscKeys, str]], outside_remote_signing: RemoteSigning
) -> None:
    keys, _ = remote(seconds=0.2)
    outside_remote_signing.stand_in.behave(delay_s=2)
    with pytest.raises(Unavailable) as error:
        keys.chain(OFFICER)
    assert (error.value.code, error.value.params["reason"]) == ("keys.down", "TimeoutError")


def test_a_service_of_another_authority_is_not_talked_to(
    remote: Callable[..., tuple[CscKeys, str]], authority: LocalAuthority, tmp_path: Path
) -> None:
    authority.prepare()
    keys, _ = remote(authority=tmp_path / "authority" / "root.pem")
    with pytest.raises(Unavailable) as error:
        keys.chain(OFFICER)
    assert (error.value.code, error.value.params["reason"]) == ("keys.down", "certificate")


def test_an_unknown_client_and_an_unknown_holder(remote: Callable[..., tuple[CscKeys, str]]) -> None:
    keys, _ = remote(client_id="other")
    with pytest.raises(Unavailable, match=r"keys\.down"):
        keys.chain(OFFICER)
    keys, _ = remote()
    with pytest.raises(Unavailable, match=r"key\.unknown"):
        keys.chain("officer:404")
    with pytest.raises(Unavailable, match=r"key\.made_elsewhere"):
        keys.enrol(OFFICER, lambda key: (key,))


def test_a_withdrawn_access_token_is_fetched_anew(remote: Callable[..., tuple[CscKeys, str]]) -> None:
    keys, _ = remote()
    assert keys.chain(OFFICER)
    keys._known.clear()
    keys._client._token = "withdrawn"
    assert keys.chain(OFFICER)


def test_a_token_goes_nowhere_but_to_the_service(remote: Callable[..., tuple[CscKeys, str]]) -> None:
    keys, _ = remote()
    keys._client._token_url = "https://elsewhere.example/oauth2/token"
    with pytest.raises(Unavailable) as error:
        keys.chain(OFFICER)
    assert error.value.params["reason"] == "address"


def test_the_certificate_kept_by_the_service_names_the_holder(remote: Callable[..., tuple[CscKeys, str]]) -> None:
    keys, _ = remote()
    named = x509.load_der_x509_certificate(keys.chain(OFFICER)[0]).subject.rfc4514_string()
    assert json.dumps(named, ensure_ascii=False).startswith(f'"UID={OFFICER},CN=Nguyễn Văn Quang')
