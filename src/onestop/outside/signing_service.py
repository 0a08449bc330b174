"""What a remote signing service does, request by request, as the CSC API v2 says (11.4 to 11.10); HTTP is elsewhere."""

import base64
import binascii
import hmac
import json
import secrets
from pathlib import Path
from time import monotonic
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from onestop.outside.activation import Activations, NotActivated
from onestop.outside.certification import ALGORITHMS, Certification, write
from onestop.outside.credentials import Credential, Denied, Vault, sign

SHA256 = "2.16.840.1.101.3.4.2.1"
SIGN_ALGORITHMS = {"ec": "1.2.840.10045.4.3.2", "rsa": "1.2.840.113549.1.1.11"}
P256 = "1.2.840.10045.3.1.7"
TOKEN_SECONDS = 600
MAX_HASHES = 50


class Failed(Exception):
    """An answer of the interface that says why not."""

    def __init__(self, description: str, error: str = "invalid_request", status: int = 400) -> None:
        super().__init__(description)
        self.body = {"error": error, "error_description": description}
        self.status = status


class RemoteSigning:
    """The service behind the interface."""

    def __init__(self, folder: Path, certification: Certification, url: str, sad_seconds: float) -> None:
        self.certification = certification
        self.vault = Vault(folder, certification)
        self.activations = Activations(sad_seconds)
        self.client = _kept(folder / "private" / "client.json", "client_id", "client_secret")
        self.administration = _kept(folder / "private" / "administration.json", "token")
        self.url = url
        self._tokens: dict[str, float] = {}

    def info(self, _: dict[str, Any]) -> dict[str, Any]:
        """What the service is."""
        methods = ["credentials/list", "credentials/info", "credentials/authorize", "credentials/authorizeCheck"]
        return {
            "specs": "2.0.0.2",
            "name": "Ký số từ xa (giả lập)",
            "logo": f"{self.url}logo",
            "region": "VN",
            "lang": "vi",
            "description": "A stand-in for trying out; its certificates have no legal force.",
            "authType": ["oauth2client"],
            "oauth2": self.url,
            "methods": [*methods, "signatures/signHash"],
        }

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """OAuth 2.0, client credentials."""
        if form.get("grant_type") != "client_credentials":
            raise Failed("only client_credentials", "unsupported_grant_type")
        if any(form.get(name) != value for name, value in self.client.items()):
            raise Failed("unknown client", "invalid_client", 401)
        token = secrets.token_urlsafe(32)
        self._tokens[token] = monotonic() + TOKEN_SECONDS
        return {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "scope": "service"}

    def is_client(self, token: str) -> bool:
        """True for a token that still holds."""
        return self._tokens.get(token, 0.0) > monotonic()

    def is_administration(self, token: str) -> bool:
        """True for the token of the counter where holders show who they are."""
        return hmac.compare_digest(token.encode(), self.administration["token"].encode())

    def list_credentials(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The credentials of one user."""
        found = self.vault.of(_text(asked, "userID"))
        answer: dict[str, Any] = {"credentialIDs": [credential.id for credential in found]}
        if asked.get("credentialInfo"):
            answer["credentialInfos"] = [{"credentialID": one.id, **self._describe(one)} for one in found]
        return answer

    def credential_info(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Key, certificates, and what authorises."""
        return self._describe(self._credential(asked))

    def authorize(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Both factors for these hashes: a SAD; of a credential on the telephone: a handle to wait by."""
        credential, hashed = self._credential(asked), frozenset(_hashes(asked))
        if asked.get("numSignatures") != len(hashed):
            raise Failed("Invalid value for parameter numSignatures")
        if credential.locked:
            raise Failed("Credential locked")
        if credential.by_phone:
            return {"handle": self.activations.ask(credential.id, hashed)}
        factors = {one.get("id"): one.get("value", "") for one in asked.get("authData", []) if isinstance(one, dict)}
        self._open(credential, str(factors.get("PIN", "")), str(factors.get("OTP", "")))
        return self._granted(self.activations.grant(credential.id, hashed))

    def authorize_check(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Has the holder answered?"""
        question = self.activations.question(_text(asked, "handle"))
        if question is None:
            raise Failed("Invalid parameter handle")
        if question.answer is None:
            return {"handle": asked["handle"]}
        if not question.answer:
            raise Failed("The authentication data is invalid", "invalid_authentication_data")
        return self._granted(question.sad)

    def sign_hash(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Sign what the SAD is for, once."""
        credential, ordered = self._credential(asked), _hashes(asked)
        if asked.get("signAlgo") != _algorithm(credential):
            raise Failed("Invalid parameter signAlgo")
        try:
            self.activations.spend(_text(asked, "SAD"), credential.id, frozenset(ordered))
        except NotActivated as error:
            raise Failed(str(error)) from error
        return {"signatures": [base64.b64encode(sign(credential, digest)).decode() for digest in ordered]}

    def answer_question(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The holder on the telephone: no, or yes with both factors."""
        question = self.activations.question(_text(asked, "handle"))
        if question is None or question.answer is not None:
            raise Failed("Invalid parameter handle")
        credential = self.vault.find(question.credential)
        assert credential is not None
        if asked.get("yes"):
            self._open(credential, str(asked.get("pin", "")), str(asked.get("otp", "")))
        self.activations.answer(question, yes=bool(asked.get("yes")))
        return {}

    def questions(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What the telephone shows."""
        return {"handles": self.activations.waiting(_text(asked, "credentialID"))}

    def open_credential(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The administration opens a credential for a holder who has shown who they are."""
        texts = {name: _text(asked, name) for name in ("user", "name", "pin")}
        algorithm = asked.get("algorithm", ALGORITHMS[0])
        if algorithm not in ALGORITHMS or len(texts["pin"]) < 4:
            raise Failed("Invalid parameter algorithm or pin")
        made = self.vault.create(
            **texts,
            organisation=str(asked.get("organisation", "")),
            algorithm=algorithm,
            by_phone=bool(asked.get("by_phone")),
        )
        return {"credentialID": made.id, "certificate": made.certificate}

    def _open(self, credential: Credential, pin: str, code: str) -> None:
        try:
            self.vault.open(credential.id, pin, code)
        except Denied as error:
            if error.locked:
                raise Failed("Credential locked") from error
            raise Failed("The authentication data is invalid", "invalid_authentication_data") from error

    def _granted(self, sad: str) -> dict[str, Any]:
        return {"SAD": sad, "expiresIn": self.activations.seconds}

    def _credential(self, asked: dict[str, Any]) -> Credential:
        found = self.vault.find(_text(asked, "credentialID"))
        if found is None:
            raise Failed("Invalid parameter credentialID")
        return found

    def _describe(self, credential: Credential) -> dict[str, Any]:
        key = credential.public_key()
        root = base64.b64encode(self.certification.certificate.public_bytes(Encoding.DER)).decode()
        factors = [{"type": "Password", "id": name, "format": "N", "label": name} for name in ("PIN", "OTP")]
        curve = {"curve": P256} if isinstance(key, ec.EllipticCurvePublicKey) else {}
        status = "disabled" if credential.locked else "enabled"
        asked = {"objects": factors, "expression": "PIN AND OTP"}
        return {
            "key": {"status": status, "algo": [_algorithm(credential)], "len": key.key_size, **curve},
            "cert": {"status": "valid", "certificates": [credential.certificate, root]},
            "auth": {"mode": "explicit", **({"objects": []} if credential.by_phone else asked)},
            "SCAL": "2",
            "multisign": MAX_HASHES,
        }


def _algorithm(credential: Credential) -> str:
    return SIGN_ALGORITHMS["ec" if isinstance(credential.public_key(), ec.EllipticCurvePublicKey) else "rsa"]


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str) or not value:
        raise Failed(f"Missing (or invalid type) string parameter {name}")
    return value


def _hashes(asked: dict[str, Any]) -> list[bytes]:
    given = asked.get("hashes")
    if not isinstance(given, list) or not 0 < len(given) <= MAX_HASHES:
        raise Failed("Missing (or invalid type) array parameter hashes")
    if asked.get("hashAlgorithmOID", SHA256) != SHA256:
        raise Failed("Invalid parameter hashAlgorithmOID")
    try:
        found = [base64.b64decode(one, validate=True) for one in given]
    except (binascii.Error, TypeError, ValueError) as error:
        raise Failed("Invalid Base64 hash string parameter") from error
    if any(len(one) != 32 for one in found):
        raise Failed("Invalid digest value length")
    return found


def _kept(file: Path, *names: str) -> dict[str, str]:
    """Secrets made at the first start."""
    if not file.exists():
        write(file, json.dumps({name: secrets.token_urlsafe(24) for name in names}).encode())
    found: dict[str, str] = json.loads(file.read_text())
    return found
