"""A remote signing service by the CSC API v2, over TLS, a process of its own (dịch vụ ký số từ xa, giả lập).

    python -m onestop.outside.remote_signing --folder FOLDER [--port 8319] [--sad-seconds 120]
    python -m onestop.outside.remote_signing --folder FOLDER --code CREDENTIAL     what the telephone shows

Keys are made in its vault and used only with the holder's PIN and one-time code together: given by whoever calls, or by
the holder on the telephone (`/holder/`) while the caller waits. What they consent to is bound to the hashes, used once,
and soon over. Wrong three times: locked.

Believe `FOLDER/tls/public/root.pem` to talk to it, and `FOLDER/public` to check its signatures; `private/client.json`
is whom it talks to, `private/administration.json` who may open credentials. `PUT /behaviour` with `down` or `delay_s`
makes it ill.
"""

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from onestop.outside.certification import make_key, open_certification, pem_key, person, usage, write
from onestop.outside.credentials import Vault
from onestop.outside.serving import address, arguments, listen, run
from onestop.outside.signing_service import Failed, RemoteSigning

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Method = Callable[[dict[str, Any]], dict[str, Any]]
BASE = "/csc/v2"
ROOT_NAME, TLS_NAME = "Gốc ký số từ xa giả lập", "Gốc TLS của dịch vụ ký số từ xa giả lập"


def application(service: RemoteSigning) -> web.Application:
    """Return the service over HTTP: the interface for clients, the telephone for holders, the counter for opening."""
    behaviour: dict[str, Any] = {}

    async def behave(request: web.Request) -> web.Response:
        behaviour.clear()
        behaviour.update(await request.json())
        return web.json_response(behaviour)

    async def token(request: web.Request) -> web.Response:
        return web.json_response(service.token({name: str(value) for name, value in (await request.post()).items()}))

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path != "/behaviour":
            await asyncio.sleep(behaviour.get("delay_s", 0))
            if behaviour.get("down"):
                raise web.HTTPServiceUnavailable
        try:
            return await handler(request)
        except Failed as failed:
            return web.json_response(failed.body, status=failed.status)

    app = web.Application(middlewares=[guard], client_max_size=64 * 1024)
    app.add_routes([web.put("/behaviour", behave), web.post("/oauth2/token", token)])
    app.router.add_post(f"{BASE}/info", _method(service.info))
    for path, method in _for_clients(service).items():
        app.router.add_post(f"{BASE}/{path}", _method(method, service.is_client))
    app.router.add_post("/holder/questions", _method(service.questions))
    app.router.add_post("/holder/answer", _method(service.answer_question))
    app.router.add_post("/administration/credentials", _method(service.open_credential, service.is_administration))
    return app


def _for_clients(service: RemoteSigning) -> dict[str, Method]:
    return {
        "credentials/list": service.list_credentials,
        "credentials/info": service.credential_info,
        "credentials/authorize": service.authorize,
        "credentials/authorizeCheck": service.authorize_check,
        "signatures/signHash": service.sign_hash,
    }


def _method(method: Method, may: Callable[[str], bool] = lambda _: True) -> Handler:
    """Return a method of the interface as a handler: JSON in, JSON out; an answer to wait by has status 202."""

    async def handle(request: web.Request) -> web.Response:
        if not may(request.headers.get("Authorization", "").removeprefix("Bearer ")):
            raise Failed("The access token is invalid", "invalid_token", 401)
        try:
            asked = await request.json()
        except ValueError as error:
            raise Failed("Malformed JSON") from error
        if not isinstance(asked, dict):
            raise Failed("Malformed JSON")
        found = method(asked)
        return web.json_response(found, status=202 if "handle" in found else 200)

    return handle


def tls_context(folder: Path, host: str) -> ssl.SSLContext:
    """Return the server's side of TLS, with a certificate made at each start by a root of its own."""
    authority = open_certification(folder / "tls", TLS_NAME)
    key = make_key("ec-p256")
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address(host))])
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    certificate = authority.certify(
        key.public_key(), person(host), usage(digital_signature=True), (purpose, False), (names, False)
    )
    file = folder / "private" / "tls.pem"
    write(file, pem_key(key) + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(file)
    return context


def main() -> None:
    """Serve until told to end, or show a one-time code."""
    parser = arguments("A remote signing service (CSC API v2) over TLS.")
    parser.add_argument("--sad-seconds", type=float, default=120.0, help="how long a consent may be used")
    parser.add_argument("--code", metavar="CREDENTIAL", help="show the next one-time code of a credential, and end")
    chosen = parser.parse_args()
    authority = open_certification(chosen.folder, ROOT_NAME)
    if chosen.code:
        print(json.dumps({"code": Vault(chosen.folder, authority).next_code(chosen.code)}))  # noqa: T201
        return
    bound = listen(chosen.host, chosen.port)
    service = RemoteSigning(chosen.folder, authority, address(bound, "https"), chosen.sad_seconds)
    run(application(service), bound, chosen.folder, tls_context(chosen.folder, chosen.host))


if __name__ == "__main__":
    main()
