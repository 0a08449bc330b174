"""A result goes into a wallet, over HTTP: offer, token, nonce, proof, credential; and everything that is refused."""

import json
import time
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from jwcrypto.jwk import JWK
from sd_jwt.holder import SDJWTHolder
from sd_jwt.verifier import SDJWTVerifier

from onestop.accounts.queries import find_account
from onestop.accounts.rules import Role
from onestop.demo.stage import Play, moment
from onestop.errors import NotFound, Refused
from onestop.results.models import Credential
from onestop.results.operations import revoke_result
from onestop.results.operations.wallets import Offer, forget_old, offer_credential
from onestop.results.rules.credentials import GRANT, MOST_GUESSES, MOST_OFFERS_A_DAY
from onestop.results.rules.revocations import RevocationCause
from tests.browser.conftest import Served, serving
from tests.results.cases import DAY, leader_of, returned
from tests.web.api.wallet import Wallet, get, part, post_form, post_json, read_offer
from tests.world import World


@pytest.fixture
def served(world: World, settings: Any) -> Iterator[Served]:
    with serving() as place:
        settings.PUBLIC_ADDRESS = place.url
        yield place


class Visit:
    """One wallet's way to one credential; any step may be done otherwise."""

    def __init__(self, offer: Offer) -> None:
        self.pin, self.wallet = offer.pin, Wallet()
        self.offer = read_offer(offer.link)
        self.issuer = self.offer["credential_issuer"]
        self.meta = json.loads(get(f"{self.issuer}/.well-known/openid-credential-issuer")[1])
        self.server = json.loads(get(f"{self.issuer}/.well-known/oauth-authorization-server")[1])

    def token(self, pin: str = "", code: str = "", grant: str = GRANT) -> tuple[int, dict[str, Any]]:
        code = code or self.offer["grants"][GRANT]["pre-authorized_code"]
        fields = {"grant_type": grant, "pre-authorized_code": code, "tx_code": pin or self.pin}
        return post_form(self.server["token_endpoint"], **fields)

    def nonce(self) -> str:
        return str(post_json(self.meta["nonce_endpoint"], {})[1]["c_nonce"])

    def prove(self, **changed: Any) -> str:
        given = {"audience": self.issuer, "nonce": changed.pop("nonce", None) or self.nonce(), "at": int(time.time())}
        return self.wallet.prove(**given | changed)

    def ask(self, token: str, proof: str = "", configuration: str = "") -> tuple[int, dict[str, Any]]:
        (named,) = self.offer["credential_configuration_ids"]
        asked = {"credential_configuration_id": configuration or named, "proofs": {"jwt": [proof or self.prove()]}}
        return post_json(self.meta["credential_endpoint"], asked, token)

    def take(self) -> str:
        status, said = self.ask(self.token()[1]["access_token"])
        assert status == 200, said
        return str(said["credentials"][0]["credential"])


def offered(world: World, play: Play, who: str = "lan") -> Offer:
    return offer_credential(code=play.code, by=world.applicant(who, f"{DAY} 10:00"), at=timezone.now())


def revoke_now(world: World, play: Play) -> None:
    why = {"cause": RevocationCause.ISSUED_IN_ERROR, "reason": "Sai.", "ground": "123/2015/NĐ-CP Đ6"}
    revoke_result(code=play.code, by=leader_of(world, play), at=moment(f"{DAY} 10:00"), **why)


def is_revoked(credential: str) -> bool:
    """What the status list says, read as the draft says."""
    place = part(credential, 1)["status"]["status_list"]
    status, token = get(place["uri"])
    assert status == 200
    claims = part(token, 1)
    assert (part(token, 0)["typ"], claims["sub"]) == ("statuslist+jwt", place["uri"])
    listed = claims["status_list"]
    assert listed["bits"] == 1
    bits = zlib.decompress(urlsafe_b64decode(listed["lst"] + "=="))
    return bool(bits[place["idx"] // 8] >> place["idx"] % 8 & 1)


def issuer_key(credential: str, issuer: str) -> JWK:
    found = json.loads(get(f"{issuer}/.well-known/jwt-vc-issuer")[1])
    assert found["issuer"] == issuer == part(credential, 1)["iss"]
    (key,) = [one for one in found["jwks"]["keys"] if one["kid"] == part(credential, 0)["kid"]]
    return JWK(**{name: key[name] for name in ("kty", "crv", "x", "y")})


def test_a_wallet_gets_the_result_and_a_stranger_believes_what_it_shows(served: Served, world: World) -> None:
    play = returned(world)
    visit = Visit(offered(world, play))
    credential = visit.take()
    key = issuer_key(credential, visit.issuer)
    whole = SDJWTVerifier(credential, lambda issuer, header: key).get_verified_payload()
    assert (whole["name"], whole["born_on"], whole["dossier_code"]) == ("Nguyễn Thị Lan", "1995-04-12", play.code)
    assert whole["issuing_agency"]["name"] == "Ủy ban nhân dân phường Hồng Gai"
    assert whole["marital_status"] == "Chưa đăng ký kết hôn với ai"
    assert (whole["vct"], whole["cnf"]["jwk"]) == ("urn:vn:onestop:result:marital_status:1", visit.wallet.jwk)
    assert part(credential, 0)["typ"] == "dc+sd-jwt"
    holder = SDJWTHolder(credential)
    holder.create_presentation({"status": True})
    shown = SDJWTVerifier(holder.sd_jwt_presentation, lambda issuer, header: key).get_verified_payload()
    assert shown["status"]
    assert "name" not in shown
    assert "identity" not in shown
    assert not is_revoked(credential)
    assert Credential.objects.get().dossier.code == play.code


def test_nothing_personal_stands_in_the_open_part(served: Served, world: World) -> None:
    credential = Visit(offered(world, returned(world))).take()
    said = json.dumps(part(credential, 1), ensure_ascii=False)
    for word in ("Lan", "1995", "4321", "độc thân", "kết hôn với"):
        assert word not in said


def test_an_altered_credential_is_not_believed(served: Served, world: World) -> None:
    visit = Visit(offered(world, returned(world)))
    credential = visit.take()
    key = issuer_key(credential, visit.issuer)
    head, claims, rest = credential.split(".", 2)
    changed = json.loads(urlsafe_b64decode(claims + "=="))
    changed["issuing_agency"]["name"] = "Bộ Tư pháp"
    forged = Wallet().prove(audience="x", nonce="y", at=1).split(".")[2]
    body = json.dumps(changed).encode()
    from tests.web.api.wallet import text

    for token in (f"{head}.{text(body)}.{rest}", f"{head}.{claims}.{forged}~{rest.partition('~')[2]}"):
        with pytest.raises(Exception, match=r".+"):
            SDJWTVerifier(token, lambda issuer, header: key)


def test_revoking_the_result_revokes_the_credential(served: Served, world: World) -> None:
    play, other = returned(world), returned(world, "tam")
    first, second = Visit(offered(world, play)).take(), Visit(offered(world, other, "tam")).take()
    revoke_now(world, play)
    assert is_revoked(first)
    assert not is_revoked(second)
    with pytest.raises(Refused, match=r"wallet\.revoked"):
        offered(world, play)


def test_a_result_revoked_on_the_way_is_not_issued(served: Served, world: World) -> None:
    play = returned(world)
    visit = Visit(offered(world, play))
    token = visit.token()[1]["access_token"]
    revoke_now(world, play)
    assert visit.ask(token) == (400, {"error": "credential_request_denied", "error_description": "wallet.revoked"})


def test_a_code_works_once(served: Served, world: World) -> None:
    visit = Visit(offered(world, returned(world)))
    token = visit.token()[1]["access_token"]
    assert visit.token() == (400, {"error": "invalid_grant", "error_description": "wallet.code_used"})
    assert visit.ask(token)[0] == 200
    status, said = visit.ask(token)
    assert (status, said["error"]) == (401, "invalid_token")
    assert Credential.objects.count() == 1


def test_guessing_the_pin_ends_the_offer(served: Served, world: World) -> None:
    visit = Visit(offered(world, returned(world)))
    wrong = "000000" if visit.pin != "000000" else "111111"
    for _ in range(MOST_GUESSES):
        assert visit.token(wrong)[1]["error_description"] == "wallet.pin_wrong"
    assert visit.token() == (400, {"error": "invalid_grant", "error_description": "wallet.too_many_guesses"})


def test_what_is_no_code_no_grant_no_token(served: Served, world: World) -> None:
    visit = Visit(offered(world, returned(world)))
    assert visit.token(code="unknown")[1]["error_description"] == "wallet.code_unknown"
    assert visit.token(grant="authorization_code") == (400, {"error": "unsupported_grant_type"})
    assert post_form(visit.server["token_endpoint"], grant_type=GRANT) == (400, {"error": "invalid_request"})
    for token in ("", "unknown"):
        assert visit.ask(token)[0] == 401


def test_a_proof_for_somebody_else_or_without_our_nonce_is_refused(served: Served, world: World) -> None:
    visit = Visit(offered(world, returned(world)))
    token = visit.token()[1]["access_token"]
    spent = visit.nonce()

    def error(**changed: Any) -> str:
        status, said = visit.ask(token, visit.prove(**changed))
        assert status == 400
        return str(said["error_description"])

    assert error(audience="https://example.com") == "wallet.proof_for_another"
    assert error(nonce="made-up") == "wallet.nonce_unusable"
    assert error(at=int(time.time()) - 3600) == "wallet.proof_old"
    assert error(kind="JWT") == "wallet.proof_unusable"
    assert error(alg="none") == "wallet.proof_unusable"
    assert error(jwk=Wallet().jwk) == "wallet.proof_unusable"
    assert error(jwk={**visit.wallet.jwk, "d": "x"}) == "wallet.proof_unusable"
    assert visit.ask(token, "a.b.c")[1]["error"] == "invalid_proof"
    status, said = visit.ask(token, configuration="birth_certificate")
    assert (status, said["error"]) == (400, "unknown_credential_configuration")
    good = visit.prove(nonce=spent)
    assert visit.ask(token, good)[0] == 200


def test_a_nonce_is_spent_once(served: Served, world: World) -> None:
    first, second = (Visit(offered(world, returned(world, who), who)) for who in ("lan", "tam"))
    nonce = first.nonce()
    assert first.ask(first.token()[1]["access_token"], first.prove(nonce=nonce))[0] == 200
    token = second.token()[1]["access_token"]
    status, said = second.ask(token, second.prove(nonce=nonce))
    assert (status, said["error"]) == (400, "invalid_nonce")
    forget_old(at=timezone.now())  # it is still too young to be forgotten
    assert second.ask(token, second.prove(nonce=nonce))[0] == 400


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"credential_configuration_id": "x"}', b"\xff", b"[" * 5000])
def test_what_is_no_request(served: Served, world: World, body: bytes) -> None:
    visit = Visit(offered(world, returned(world)))
    from tests.web.api.wallet import post

    status, said = post(visit.meta["credential_endpoint"], body, "application/json", visit.token()[1]["access_token"])
    assert status == 400
    assert said["error"] in {"invalid_credential_request", "invalid_proof"}


def test_somebody_elses_dossier_is_not_offered(world: World) -> None:
    play = returned(world)
    for by in (world.applicant("binh", f"{DAY} 10:00"), world.by(play, Role.LEADER, f"{DAY} 10:00")):
        with pytest.raises(NotFound, match=r"dossier\.unknown"):
            offer_credential(code=play.code, by=by, at=timezone.now())


def test_offers_of_a_day_are_counted(world: World) -> None:
    play = returned(world)
    for _ in range(MOST_OFFERS_A_DAY):
        offered(world, play)
    with pytest.raises(Refused, match=r"wallet\.too_many_offers"):
        offered(world, play)


def log_in(username: str) -> Client:
    account = find_account(username)
    assert account is not None
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_applicant_is_shown_the_offer_once_and_nobody_else_is(world: World) -> None:
    play = returned(world)
    place = f"/ho-so/{play.code}/vi-dien-tu/"
    lan = log_in("lan")
    assert b"openid-credential-offer" not in lan.get(place).content
    page = lan.post(place)
    assert page["Cache-Control"] == "no-store"
    text = page.content.decode()
    assert "openid-credential-offer://?credential_offer=" in text
    assert 'src="data:image/svg+xml' in text
    assert log_in("binh").post(place).status_code == 404
    assert Client().post(place).status_code == 401


def test_the_metadata_name_every_paper_and_only_what_is_served(served: Served) -> None:
    meta = json.loads(get(f"{served.url}/.well-known/openid-credential-issuer")[1])
    assert {"birth_certificate", "marital_status", "decision"} <= set(meta["credential_configurations_supported"])
    assert "receipt" not in meta["credential_configurations_supported"]
    for one in meta["credential_configurations_supported"].values():
        assert (one["format"], one["cryptographic_binding_methods_supported"]) == ("dc+sd-jwt", ["jwk"])
    assert meta["credential_issuer"] == served.url
    assert get(meta["credential_endpoint"])[0] == 405
