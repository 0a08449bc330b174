"""The remote signing service by itself, spoken to as any client of the interface would."""

import base64
import hashlib
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from tests.stand_ins import PIN_OF_ALL, RemoteSigning, StandIn, stand_in

ONE, TWO = (hashlib.sha256(word).digest() for word in (b"one", b"two"))
ECDSA = "1.2.840.10045.4.3.2"


class Client:
    """A client of the interface: what it says and what comes back, nothing hidden."""

    def __init__(self, service: RemoteSigning) -> None:
        self.service = service
        self.token = self.fetch_token(service.stand_in.secret("client"))

    def fetch_token(self, secret: dict[str, str]) -> str:
        form = urllib.parse.urlencode({"grant_type": "client_credentials", **secret}).encode()
        request = urllib.request.Request(f"{self.service.stand_in.url}oauth2/token", data=form)
        with urllib.request.urlopen(request, timeout=30, context=self.service.stand_in.tls()) as answered:
            import json

            return str(json.load(answered)["access_token"])

    def call(self, method: str, **body: Any) -> tuple[int, dict[str, Any]]:
        return self.service.stand_in.post(f"csc/v2/{method}", body, self.token)

    def authorize(self, credential: str, *digests: bytes, **factors: str) -> tuple[int, dict[str, Any]]:
        given = [{"id": name, "value": value} for name, value in factors.items()]
        return self.call(
            "credentials/authorize",
            credentialID=credential,
            numSignatures=len(digests),
            hashes=[base64.b64encode(one).decode() for one in digests],
            authData=given,
        )

    def sign(self, credential: str, sad: str, *digests: bytes, algorithm: str = ECDSA) -> tuple[int, dict[str, Any]]:
        encoded = [base64.b64encode(one).decode() for one in digests]
        return self.call("signatures/signHash", credentialID=credential, SAD=sad, hashes=encoded, signAlgo=algorithm)

    def sad(self, credential: str, *digests: bytes) -> str:
        status, found = self.authorize(credential, *digests, **self.service.factors(credential))
        assert status == 200, found
        return str(found["SAD"])


@pytest.fixture
def client(outside_remote_signing: RemoteSigning) -> Client:
    return Client(outside_remote_signing)


@pytest.fixture
def credential(outside_remote_signing: RemoteSigning) -> str:
    return outside_remote_signing.open_credential("lan")


def test_two_hashes_with_one_consent(client: Client, credential: str) -> None:
    status, made = client.sign(credential, client.sad(credential, ONE, TWO), TWO, ONE)
    assert status == 200
    _, described = client.call("credentials/info", credentialID=credential)
    certificate = x509.load_der_x509_certificate(base64.b64decode(described["cert"]["certificates"][0]))
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    for digest, signature in zip((TWO, ONE), made["signatures"], strict=True):
        key.verify(base64.b64decode(signature), digest, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
    root = x509.load_pem_x509_certificate(client.service.stand_in.root.read_bytes())
    certificate.verify_directly_issued_by(root)


def refused(answer: tuple[int, dict[str, Any]]) -> str:
    status, body = answer
    assert status == 400, body
    return str(body["error_description"])


def test_a_consent_is_used_once(client: Client, credential: str) -> None:
    sad = client.sad(credential, ONE)
    assert client.sign(credential, sad, ONE)[0] == 200
    assert refused(client.sign(credential, sad, ONE)) == "Invalid parameter SAD"


def test_a_consent_is_for_its_hashes_only(client: Client, credential: str) -> None:
    sad = client.sad(credential, ONE)
    assert refused(client.sign(credential, sad, TWO)) == "Hash is not authorized by the SAD"
    assert refused(client.sign(credential, sad, ONE, TWO)) == "Hash is not authorized by the SAD"
    assert client.sign(credential, sad, ONE)[0] == 200


def test_a_consent_is_for_its_credential_only(client: Client, credential: str) -> None:
    other = client.service.open_credential("minh")
    assert refused(client.sign(other, client.sad(credential, ONE), ONE)) == "Invalid parameter SAD"


def test_a_consent_that_nobody_gave(client: Client, credential: str) -> None:
    assert refused(client.sign(credential, "guessed", ONE)) == "Invalid parameter SAD"
    assert "SAD" in refused(client.sign(credential, "", ONE))


@pytest.mark.parametrize("given", [("PIN",), ("OTP",), ()])
def test_one_factor_is_none(client: Client, credential: str, given: tuple[str, ...]) -> None:
    factors = {name: value for name, value in client.service.factors(credential).items() if name in given}
    assert refused(client.authorize(credential, ONE, **factors)) == "The authentication data is invalid"


def test_a_code_is_used_once(client: Client, credential: str) -> None:
    factors = client.service.factors(credential)
    assert client.authorize(credential, ONE, **factors)[0] == 200
    assert refused(client.authorize(credential, ONE, **factors)) == "The authentication data is invalid"
    assert client.authorize(credential, ONE, **client.service.factors(credential))[0] == 200


def test_too_many_wrong_pins_lock_for_good(client: Client, credential: str) -> None:
    tries = [client.authorize(credential, ONE, PIN="0000", OTP=client.service.next_code(credential)) for _ in range(3)]
    assert [refused(one) for one in tries] == [*["The authentication data is invalid"] * 2, "Credential locked"]
    assert refused(client.authorize(credential, ONE, **client.service.factors(credential))) == "Credential locked"
    assert client.call("credentials/info", credentialID=credential)[1]["key"]["status"] == "disabled"


def test_a_right_try_forgives_the_wrong_ones(client: Client, credential: str) -> None:
    for _ in range(3):
        client.authorize(credential, ONE, PIN="0000", OTP=client.service.next_code(credential))
        client.authorize(credential, ONE, PIN="0000", OTP=client.service.next_code(credential))
        assert client.sad(credential, ONE)


def test_the_holder_is_asked_on_the_telephone(client: Client) -> None:
    credential = client.service.open_credential("hoa", by_phone=True)
    status, asked = client.authorize(credential, ONE)
    assert status == 202
    waiting = client.call("credentials/authorizeCheck", **asked)
    assert waiting == (202, asked)
    post = client.service.stand_in.post
    wrong = {"handle": asked["handle"], "yes": True, "pin": "0000", "otp": client.service.next_code(credential)}
    assert refused(post("holder/answer", wrong)) == "The authentication data is invalid"
    client.service.answer(credential)
    status, granted = client.call("credentials/authorizeCheck", **asked)
    assert status == 200
    assert client.sign(credential, granted["SAD"], ONE)[0] == 200
    client.authorize(credential, ONE)
    client.service.answer(credential, yes=False)
    assert client.call("credentials/authorizeCheck", handle="guessed")[0] == 400


def test_only_its_clients_are_served(client: Client, credential: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="401"):
        client.fetch_token({"client_id": "other", "client_secret": "guessed"})
    client.token = "guessed"
    for method in ("credentials/list", "credentials/info", "credentials/authorize", "signatures/signHash"):
        assert client.call(method, credentialID=credential, userID="lan")[0] == 401
    body = {"user": "x", "name": "X", "pin": "123456"}
    assert client.service.stand_in.post("administration/credentials", body, "guessed")[0] == 401


def test_whoever_does_not_believe_its_root_does_not_talk_to_it(outside_remote_signing: RemoteSigning) -> None:
    url = f"{outside_remote_signing.stand_in.url}csc/v2/info"
    with pytest.raises(urllib.error.URLError) as error:
        urllib.request.urlopen(urllib.request.Request(url, data=b"{}"), timeout=30)
    assert isinstance(error.value.reason, ssl.SSLCertVerificationError)


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """A service whose consents are soon over."""
    with stand_in("remote_signing", tmp_path_factory.mktemp("brief"), "--sad-seconds", "0.3") as running:
        yield running


def test_a_consent_is_soon_over(brief: StandIn) -> None:
    client = Client(RemoteSigning(brief))
    credential = client.service.open_credential("lan")
    sad = client.sad(credential, ONE)
    time.sleep(0.4)
    assert refused(client.sign(credential, sad, ONE)) == "SAD expired"


def test_credentials_outlive_the_process_and_its_secrets_stay_inside(tmp_path: Path) -> None:
    with stand_in("remote_signing", tmp_path) as running:
        service = RemoteSigning(running)
        credential = service.open_credential("lan")
        Client(service).sad(credential, ONE)
    shown = subprocess.run(
        [sys.executable, "-m", "onestop.outside.remote_signing", "--folder", str(tmp_path), "--code", credential],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    with stand_in("remote_signing", tmp_path) as running:
        client = Client(RemoteSigning(running))
        code = shown.split('"')[3]
        assert client.authorize(credential, ONE, PIN=PIN_OF_ALL, OTP=code)[0] == 200
    kept = list((tmp_path / "private").rglob("*.*"))
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept if path.is_file())
    assert not any(PIN_OF_ALL.encode() in path.read_bytes() for path in kept if path.is_file())
    assert not any(b"PRIVATE" in path.read_bytes() for path in (tmp_path / "public").iterdir())
