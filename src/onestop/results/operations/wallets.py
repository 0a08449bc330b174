"""Handing a result to a wallet: offer, code for token, proof of the holder's key, credential (OpenID4VCI 1.0)."""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import get_dossier
from onestop.errors import NotFound, Refused
from onestop.results.models import Credential, CredentialOffer, Revocation, SpentNonce
from onestop.results.rules import credentials as rules
from onestop.signatures.operations.claims import sign_token
from onestop.signatures.rules import sd_jwt
from onestop.signing.models import ResultPaper

STATUS_PLACE = "/api/vi-dien-tu/trang-thai/1/"
_nonces = Signer(salt="onestop.wallet.nonce")


@dataclass(frozen=True, slots=True)
class Offer:
    """What the applicant hands to the wallet: the code by QR or link, the pin by hand. Shown once."""

    code: str
    pin: str
    template: str
    expires_at: datetime

    @property
    def link(self) -> str:
        """The link that opens a wallet; also what the QR code holds."""
        whole = rules.compose_offer(issuer=settings.PUBLIC_ADDRESS, template=self.template, code=self.code)
        text = json.dumps(whole, separators=(",", ":"))
        return f"openid-credential-offer://?credential_offer={quote(text, safe='')}"


@transaction.atomic
def offer_credential(*, code: str, by: Principal, at: datetime) -> Offer:
    """Offer the result of one's own dossier to one's wallet.

    Raises `NotFound` for somebody else's dossier or before there is a result, `Refused` if it was revoked
    (`wallet.revoked`) or offered too often that day (`wallet.too_many_offers`).
    """
    dossier = get_dossier(code=code, by=by)
    if dossier.applicant_id not in by.applicant_ids:
        raise NotFound("dossier.unknown", code=code)
    paper = _paper_of(dossier)
    recent = CredentialOffer.objects.filter(dossier=dossier, made_at__gt=at - timedelta(days=1)).count()
    if recent >= rules.MOST_OFFERS_A_DAY:
        raise Refused("wallet.too_many_offers", code=code)
    secret = secrets.token_urlsafe(32)
    pin = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    expires_at = at + rules.LIFE_OF_OFFER
    CredentialOffer.objects.create(
        dossier=dossier, code_hash=_hash(secret), pin_hash=_hash(secret + pin), made_at=at, expires_at=expires_at
    )
    return Offer(secret, pin, paper.template, expires_at)


def redeem_code(*, code: str, pin: str, at: datetime) -> str:
    """Return an access token for an offer's code and pin; the code works once, and a few wrong pins end it.

    Raises `Refused`: `wallet.code_unknown`, `wallet.code_used`, `wallet.code_expired`, `wallet.too_many_guesses`,
    `wallet.pin_wrong`.
    """
    with transaction.atomic():  # a wrong guess is kept although it is refused
        token, fault = _redeem(code, pin, at)
    if fault:
        raise Refused(fault)
    return token


def issue_nonce(*, at: datetime) -> str:
    """Return a nonce for a proof. Nothing is kept of it until it is spent."""
    return _nonces.sign(f"{int(at.timestamp())}.{secrets.token_urlsafe(16)}")


@transaction.atomic
def issue_credential(*, token: str, configuration: str, proof: str, at: datetime) -> str:
    """Return the credential, bound to the key that the wallet proved to hold.

    Raises `Refused`: `wallet.token_unknown`, `wallet.other_configuration`, `wallet.proof_unusable`,
    `wallet.proof_for_another`, `wallet.proof_old`, `wallet.nonce_unusable`, `wallet.revoked`.
    """
    offer = CredentialOffer.objects.select_for_update(of=("self",)).filter(token_hash=_hash(token)).first()
    if offer is None or offer.token_until is None or at >= offer.token_until or hasattr(offer, "credential"):
        raise Refused("wallet.token_unknown")
    paper = _paper_of(offer.dossier)
    if configuration != paper.template:
        raise Refused("wallet.other_configuration", configuration=configuration)
    proved = _read_proof(proof, at)
    row = Credential.objects.create(
        offer=offer,
        dossier=offer.dossier,
        status_index=_next_index(),
        holder=sd_jwt.thumbprint(proved.jwk),
        issued_at=at,
    )
    return _sign(paper, row.status_index, proved.jwk, at)


@transaction.atomic
def forget_old(*, at: datetime) -> None:
    """Delete nonces that are too old to be used again anyway."""
    SpentNonce.objects.filter(spent_at__lt=at - 2 * rules.LIFE_OF_NONCE).delete()


def _redeem(code: str, pin: str, at: datetime) -> tuple[str, str | None]:
    offer = CredentialOffer.objects.select_for_update(of=("self",)).filter(code_hash=_hash(code)).first()
    if offer is None:
        return "", "wallet.code_unknown"
    fault = rules.find_code_fault(
        failures=offer.failures, expires_at=offer.expires_at, is_redeemed=offer.redeemed_at is not None, at=at
    )
    if fault:
        return "", fault
    if not hmac.compare_digest(offer.pin_hash, _hash(code + pin)):
        offer.failures += 1
        offer.save(update_fields=["failures"])
        return "", "wallet.pin_wrong"
    token = secrets.token_urlsafe(32)
    offer.redeemed_at, offer.token_hash, offer.token_until = at, _hash(token), at + rules.LIFE_OF_TOKEN
    offer.save(update_fields=["redeemed_at", "token_hash", "token_until"])
    return token, None


def _read_proof(proof: str, at: datetime) -> sd_jwt.Proof:
    try:
        proved = sd_jwt.read_proof(proof)
        proved_at = datetime.fromtimestamp(proved.issued_at, UTC)
    except (ValueError, KeyError, TypeError, OverflowError, OSError, RecursionError) as error:
        raise Refused("wallet.proof_unusable") from error
    fault = rules.find_proof_fault(audience=proved.audience, issuer=settings.PUBLIC_ADDRESS, proved_at=proved_at, at=at)
    if fault:
        raise Refused(fault)
    _spend(proved.nonce, at)
    return proved


def _spend(nonce: str, at: datetime) -> None:
    """Take a nonce of ours once, while it is fresh."""
    try:
        made_at = datetime.fromtimestamp(int(_nonces.unsign(nonce).partition(".")[0]), UTC)
        with transaction.atomic():
            SpentNonce.objects.create(digest=_hash(nonce), spent_at=at)
    except (BadSignature, ValueError, IntegrityError) as error:
        raise Refused("wallet.nonce_unusable") from error
    if not made_at - timedelta(seconds=1) <= at <= made_at + rules.LIFE_OF_NONCE:
        raise Refused("wallet.nonce_unusable")


def _sign(paper: ResultPaper, index: int, holder: dict[str, str], at: datetime) -> str:
    agency = paper.dossier.competent_unit
    claims = rules.choose_claims(paper.content)
    disclosures = [sd_jwt.Disclosure(secrets.token_urlsafe(16), name, value) for name, value in claims.items()]
    source = rules.Source(
        template=paper.template,
        title=paper.title,
        content=paper.content,
        agency_code=agency.code,
        agency_name=agency.agency_name(),
        issuer=settings.PUBLIC_ADDRESS,
        status_list=f"{settings.PUBLIC_ADDRESS}{STATUS_PLACE}",
        status_index=index,
    )
    said = rules.compose_credential(source, disclosures=disclosures, holder=holder, at=at)
    token = sign_token(kind=sd_jwt.CREDENTIAL, claims=said, key=f"claim:{agency.code}")
    return sd_jwt.combine(token, disclosures)


def _paper_of(dossier: Dossier) -> ResultPaper:
    """Return the sealed paper of a dossier. Raises `NotFound` if there is none, `Refused` if it was revoked."""
    paper = ResultPaper.objects.filter(dossier=dossier, sealed_at__isnull=False).first()
    if paper is None:
        raise NotFound("result.none_yet", code=dossier.code)
    if Revocation.objects.filter(dossier=dossier).exists():
        raise Refused("wallet.revoked", code=dossier.code)
    return paper


def _next_index() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('results.status_index', 0))")
    last = Credential.objects.aggregate(last=Max("status_index"))["last"]
    return 0 if last is None else int(last) + 1


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
