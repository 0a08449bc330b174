"""A payment platform over HTTP, a process of its own (nền tảng thanh toán, giả lập).

    python -m onestop.outside.payments --folder FOLDER [--port 8320]

Both sides sign with a secret (`FOLDER/private/client.json`): `Signature: t=..., v1=` HMAC-SHA-256 of "t.body", of the
path where there is no body.

    POST /orders                 opens an order; answers with the address of the payer's page
    GET  /orders/<reference>     how it stands, with every payment of it
    GET  /days/<YYYY-MM-DD>      every payment booked on a local day
    GET  /pay/<token>            the payer's page: confirm or decline; no money moves

When something happens it knocks at the address that the order names. `PUT /behaviour` with JSON makes it ill:

    {"down": true}            answers 503                {"knocks": 0}            never knocks; 2: twice
    {"delay_s": 3}            is slow                    {"forged_notice": true}  knocks with a wrong signature
    {"takes_twice": true}     books each payment twice   {"wrong_notice": true}   knocks with another amount
    {"forged_answer": true}   answers with a wrong signature
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from html import escape
from typing import Any

import aiohttp
from aiohttp import web

from onestop.outside.payment_books import Books, Refused
from onestop.outside.payment_signing import Secret, open_secret
from onestop.outside.serving import address, arguments, listen, run

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
KNOCK_SECONDS = 5
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Nền tảng thanh toán (giả lập)</title><style>body{{font:18px/1.5 sans-serif;max-width:32rem;margin:3rem auto;
padding:0 1rem}}button{{font:inherit;padding:.6rem 1.2rem;margin-inline-end:.5rem}}strong{{font-size:1.6rem}}</style>
<p>Nền tảng thanh toán (giả lập) · không có tiền thật</p><h1>{title}</h1>
<p>Hồ sơ {about}<br><strong>{amount} đ</strong></p>{choice}</html>"""
CHOICE = """<form method="post"><button name="answer" value="yes">Xác nhận nộp</button>
<button name="answer" value="no">Không nộp</button></form>"""


@dataclass(frozen=True)
class Behaviour:
    """How well it is today."""

    down: bool = False
    delay_s: float = 0
    knocks: int = 1
    forged_notice: bool = False
    wrong_notice: bool = False
    forged_answer: bool = False
    takes_twice: bool = False


class Platform:
    """Keeps the books, answers whoever knows the secret, and knocks."""

    def __init__(self, books: Books, secret: Secret, url: str) -> None:
        self.books, self.secret, self.url = books, secret, url
        self.behaviour = Behaviour()
        self._knocking: set[asyncio.Task[None]] = set()

    async def open(self, request: web.Request) -> web.Response:
        """Open an order."""
        asked = await self._asked(request)
        order = self.books.open(asked)
        return self._answer({"address": f"{self.url}pay/{order['token']}", "state": order["state"]})

    async def ask(self, request: web.Request) -> web.Response:
        """Tell how an order stands."""
        await self._asked(request)
        order = self.books.get(request.match_info["reference"])
        return self._answer({"state": order["state"], "transactions": order["transactions"]})

    async def day(self, request: web.Request) -> web.Response:
        """List a day's payments."""
        await self._asked(request)
        return self._answer({"transactions": self.books.of_day(date.fromisoformat(request.match_info["day"]))})

    async def page(self, request: web.Request) -> web.Response:
        """Show the payer what is to be paid."""
        order = self.books.of_token(request.match_info["token"])
        is_open = order["state"] == "open" or self.behaviour.takes_twice
        amount = f"{order['amount_vnd']:,}".replace(",", ".")
        title = "Xác nhận nộp phí, lệ phí" if is_open else "Lệnh này đã xong"
        shown = PAGE.format(title=title, about=escape(order["about"]), amount=amount, choice=CHOICE if is_open else "")
        return web.Response(text=shown, content_type="text/html")

    async def choose(self, request: web.Request) -> web.StreamResponse:
        """Book what the payer chose, knock, and send the payer back."""
        said = (await request.post()).get("answer")
        order = self.books.of_token(request.match_info["token"])
        if said == "yes":
            for _ in range(2 if self.behaviour.takes_twice else 1):
                self.books.pay(order["reference"], again=self.behaviour.takes_twice)
        else:
            self.books.decline(order["reference"])
        task = asyncio.get_running_loop().create_task(self._knock(order))
        self._knocking.add(task)
        task.add_done_callback(self._knocking.discard)
        raise web.HTTPSeeOther(order["back"])

    async def _knock(self, order: dict[str, Any]) -> None:
        amount = order["amount_vnd"] + (1000 if self.behaviour.wrong_notice else 0)
        body = json.dumps({"reference": order["reference"], "state": order["state"], "amount_vnd": amount}).encode()
        secret = self.secret.another() if self.behaviour.forged_notice else self.secret
        patience = aiohttp.ClientTimeout(total=KNOCK_SECONDS)
        async with aiohttp.ClientSession(timeout=patience) as session:
            for _ in range(self.behaviour.knocks):
                headers = {"Content-Type": "application/json", "Signature": secret.sign(body, time.time())}
                try:
                    async with session.post(order["notify"], data=body, headers=headers):
                        pass
                except (aiohttp.ClientError, TimeoutError):
                    pass  # nobody opens: they will ask

    async def _asked(self, request: web.Request) -> dict[str, Any]:
        body = await request.read()
        if not self.secret.is_signed(body or request.path.encode(), request.headers.get("Signature", ""), time.time()):
            raise web.HTTPUnauthorized
        return dict(json.loads(body)) if body else {}

    def _answer(self, found: dict[str, Any]) -> web.Response:
        body = json.dumps(found).encode()
        secret = self.secret.another() if self.behaviour.forged_answer else self.secret
        headers = {"Signature": secret.sign(body, time.time())}
        return web.Response(body=body, content_type="application/json", headers=headers)


def application(platform: Platform) -> web.Application:
    """Return the platform over HTTP."""

    async def behave(request: web.Request) -> web.Response:
        try:
            platform.behaviour = replace(Behaviour(), **await request.json())
        except (ValueError, TypeError) as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return web.json_response(asdict(platform.behaviour))

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path != "/behaviour":
            await asyncio.sleep(platform.behaviour.delay_s)
            if platform.behaviour.down:
                raise web.HTTPServiceUnavailable
        try:
            return await handler(request)
        except Refused as refused:
            raise web.HTTPConflict(text=refused.reason) from None
        except (ValueError, KeyError, TypeError) as error:
            raise web.HTTPBadRequest(text=str(error)) from error

    app = web.Application(middlewares=[guard], client_max_size=64 * 1024)
    app.add_routes([web.put("/behaviour", behave), web.post("/orders", platform.open)])
    app.add_routes([web.get("/orders/{reference}", platform.ask), web.get("/days/{day}", platform.day)])
    app.add_routes([web.get("/pay/{token}", platform.page), web.post("/pay/{token}", platform.choose)])
    return app


def main() -> None:
    """Serve until told to end."""
    chosen = arguments("A payment platform over HTTP.").parse_args()
    bound = listen(chosen.host, chosen.port)
    platform = Platform(Books(chosen.folder / "private" / "books.json"), open_secret(chosen.folder), address(bound))
    run(application(platform), bound, chosen.folder)


if __name__ == "__main__":
    main()
