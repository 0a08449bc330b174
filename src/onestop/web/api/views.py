"""What wallets ask: metadata, a token for a code, a nonce, the credential, the status list."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from onestop.errors import OneStopError
from onestop.results.operations.statuses import publish_statuses
from onestop.results.operations.wallets import issue_credential, issue_nonce, redeem_code
from onestop.results.rules.credentials import GRANT, LIFE_OF_TOKEN
from onestop.web.api.metadata import issuer_metadata, key_metadata, server_metadata
from onestop.web.base.permissions import View, public

LONGEST_BODY = 20_000
_CODES = {
    "wallet.code_unknown": "invalid_grant",
    "wallet.code_used": "invalid_grant",
    "wallet.code_expired": "invalid_grant",
    "wallet.too_many_guesses": "invalid_grant",
    "wallet.pin_wrong": "invalid_grant",
    "wallet.token_unknown": "invalid_token",
    "wallet.other_configuration": "unknown_credential_configuration",
    "wallet.proof_unusable": "invalid_proof",
    "wallet.proof_for_another": "invalid_proof",
    "wallet.proof_old": "invalid_proof",
    "wallet.nonce_unusable": "invalid_nonce",
    "wallet.revoked": "credential_request_denied",
}
Answer = Callable[[HttpRequest], dict[str, Any]]


class Unusable(Exception):
    """The request is not of the form that the protocol asks for; says which of its error codes fits."""


def _answers(view: Answer) -> View:
    """Turn what a view gives into JSON that nobody keeps, and our errors into those of the protocol."""

    @public
    @csrf_exempt
    @require_POST
    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            return _json(view(request))
        except Unusable as error:
            return _json({"error": str(error)}, 400)
        except OneStopError as error:
            said = _CODES.get(error.code, "server_error")
            response = _json({"error": said, "error_description": error.code}, 401 if said == "invalid_token" else 400)
            if response.status_code == 401:
                response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
            return response

    return answered


@public
@require_GET
def issuer(_: HttpRequest) -> HttpResponse:
    """Who issues credentials, which, and where to ask."""
    return _json(issuer_metadata())


@public
@require_GET
def server(_: HttpRequest) -> HttpResponse:
    """Where a code becomes a token."""
    return _json(server_metadata())


@public
@require_GET
def keys(_: HttpRequest) -> HttpResponse:
    """The keys of the issuer."""
    return _json(key_metadata())


@_answers
def token(request: HttpRequest) -> dict[str, Any]:
    """Give a token for the code of an offer and the pin that the applicant was shown."""
    if request.POST.get("grant_type") != GRANT:
        raise Unusable("unsupported_grant_type")
    code, pin = request.POST.get("pre-authorized_code", "")[:200], request.POST.get("tx_code", "")[:20]
    if not code or not pin:
        raise Unusable("invalid_request")
    made = redeem_code(code=code, pin=pin, at=timezone.now())
    return {"access_token": made, "token_type": "Bearer", "expires_in": int(LIFE_OF_TOKEN.total_seconds())}


@_answers
def nonce(_: HttpRequest) -> dict[str, Any]:
    """Give a nonce for a proof."""
    return {"c_nonce": issue_nonce(at=timezone.now())}


@_answers
def credential(request: HttpRequest) -> dict[str, Any]:
    """Give the credential to who holds the token and proves to hold a key."""
    kind, _, bearer = request.headers.get("Authorization", "").partition(" ")
    configuration, proof = _read_request(request)
    made = issue_credential(
        token=bearer if kind.lower() == "bearer" else "",
        configuration=configuration,
        proof=proof,
        at=timezone.now(),
    )
    return {"credentials": [{"credential": made}]}


@public
@require_GET
def statuses(_: HttpRequest) -> HttpResponse:
    """The status list of all credentials."""
    response = HttpResponse(publish_statuses(at=timezone.now()), content_type="application/statuslist+jwt")
    response["Cache-Control"] = "public, max-age=60"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _read_request(request: HttpRequest) -> tuple[str, str]:
    """Return the configuration asked for and the one proof."""
    try:
        asked = json.loads(request.body) if len(request.body) <= LONGEST_BODY else None
    except (ValueError, RecursionError) as error:
        raise Unusable("invalid_credential_request") from error
    proofs = asked.get("proofs") if isinstance(asked, dict) else None
    listed = proofs.get("jwt") if isinstance(proofs, dict) and len(proofs) == 1 else None
    configuration = asked.get("credential_configuration_id") if isinstance(asked, dict) else None
    if not isinstance(configuration, str):
        raise Unusable("invalid_credential_request")
    if not isinstance(listed, list) or len(listed) != 1 or not isinstance(listed[0], str):
        raise Unusable("invalid_proof")
    return configuration, listed[0]


def _json(data: dict[str, Any], status: int = 200) -> HttpResponse:
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
