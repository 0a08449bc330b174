"""A payment platform over HTTP: JSON, each message signed with a secret that both sides know (HMAC-SHA-256).

    Signature: t=<seconds since 1970>, v1=<hex of HMAC over "t.body">

A request without a body signs its path. The platform signs its answers and notices in the same way.
"""

import hashlib
import hmac
import http.client
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from onestop.errors import Invalid, Unavailable
from onestop.fees.rules.platform import OrderState, Standing, Transaction

PATIENCE_SECONDS = 5.0
LARGEST_ANSWER = 4 * 1024 * 1024
OLDEST_SECONDS = 300
_SIGNATURE = re.compile(r"t=(\d{1,12}), v1=([0-9a-f]{64})")
T = TypeVar("T")
_LOST = (OSError, http.client.HTTPException)


class HttpPlatform:
    """Asks one platform; safe for threads. `clock` is ours, in seconds since 1970."""

    is_there = True

    def __init__(self, url: str, secret: bytes, clock: Callable[[], float]) -> None:
        self._place = urlsplit(url)
        self._secret = secret
        self._clock = clock

    def create(self, *, reference: str, amount_vnd: int, about: str, notify: str, back: str) -> str:
        """Open an order."""
        said = {"reference": reference, "amount_vnd": amount_vnd, "about": about, "notify": notify, "back": back}
        return self._read(_address, "POST", "orders", said)

    def read_notice(self, body: bytes, signature: str) -> str:
        """Return the order of a notice; an old one, or one that somebody else signed, is none."""
        if not self._is_signed(body, signature):
            raise Invalid("payment.notice_not_signed")
        try:
            return str(json.loads(body)["reference"])
        except (ValueError, KeyError, TypeError) as error:
            raise Invalid("payment.notice_unreadable") from error

    def ask(self, reference: str) -> Standing:
        """Ask how an order stands."""
        return self._read(_standing, "GET", f"orders/{quote(reference, safe='')}")

    def list_day(self, day: date) -> tuple[Transaction, ...]:
        """Ask for the payments of a day."""
        return self._read(
            lambda found: tuple(map(_transaction, found["transactions"])), "GET", f"days/{day.isoformat()}"
        )

    def _read(
        self, read: Callable[[dict[str, Any]], T], method: str, path: str, said: dict[str, Any] | None = None
    ) -> T:
        """Send a request and read the answer. Raises `Unavailable` if there is none that can be believed and used."""
        try:
            status, signature, body = self._send(method, path, said)
        except _LOST as error:
            raise self._unavailable("payment.down", type(error).__name__) from error
        if status != http.client.OK:
            raise self._unavailable("payment.down", str(status))
        if not self._is_signed(body, signature):
            raise self._unavailable("payment.answer_not_believed", "signature")
        try:
            return read(json.loads(body))
        except (ValueError, KeyError, TypeError) as error:
            raise self._unavailable("payment.answer_not_believed", "form") from error

    def _send(self, method: str, path: str, said: dict[str, Any] | None) -> tuple[int, str, bytes]:
        target = f"{self._place.path.rstrip('/')}/{path}"
        body = json.dumps(said).encode() if said is not None else b""
        headers = {"Content-Type": "application/json", "Signature": self._sign(body or target.encode())}
        connection = self._connect()
        try:
            connection.request(method, target, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Signature", ""), answer.read(LARGEST_ANSWER)
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._place.scheme == "https" else http.client.HTTPConnection
        return kind(self._place.netloc, timeout=PATIENCE_SECONDS)

    def _sign(self, message: bytes) -> str:
        moment = str(int(self._clock()))
        return f"t={moment}, v1={self._mac(moment, message)}"

    def _is_signed(self, message: bytes, signature: str) -> bool:
        found = _SIGNATURE.fullmatch(signature)
        if found is None or abs(int(found[1]) - self._clock()) > OLDEST_SECONDS:
            return False
        return hmac.compare_digest(self._mac(found[1], message), found[2])

    def _mac(self, moment: str, message: bytes) -> str:
        return hmac.new(self._secret, moment.encode() + b"." + message, hashlib.sha256).hexdigest()

    def _unavailable(self, code: str, reason: str) -> Unavailable:
        return Unavailable(code, platform=self._place.netloc, reason=reason)


def _address(found: dict[str, Any]) -> str:
    """Return the address of the payer's page: one that a browser opens as a page, and no other."""
    address = str(found["address"])
    if urlsplit(address).scheme not in {"http", "https"}:
        raise ValueError("an address of another kind")
    return address


def _standing(found: dict[str, Any]) -> Standing:
    return Standing(OrderState(found["state"]), tuple(map(_transaction, found["transactions"])))


def _transaction(found: dict[str, Any]) -> Transaction:
    amount = found["amount_vnd"]
    if not isinstance(amount, int) or isinstance(amount, bool) or amount <= 0:
        raise ValueError("an amount is a whole number of đồng")
    paid_at = datetime.fromisoformat(found["paid_at"])
    if paid_at.tzinfo is None:
        raise ValueError("a moment without its offset")
    return Transaction(str(found["number"]), str(found["reference"]), amount, paid_at)
