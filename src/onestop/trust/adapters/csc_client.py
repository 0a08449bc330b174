"""Talking to a remote signing service (CSC API v2): TLS to a pinned authority, time-outs, and a second try where safe.

A question may be asked again; what uses up a code or a consent may not, unless it surely never left.
"""

import http.client
import json
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from onestop.errors import Unavailable

_TRIES = 3
_PAUSE_SECONDS = 0.2
_MARGIN_SECONDS = 30  # a token is fetched anew so long before its end
_MAX_ANSWER_BYTES = 256 * 1024
_OK, _ACCEPTED, _UNAUTHORIZED, _SERVER_ERROR = 200, 202, 401, 500
_LOST = (OSError, http.client.HTTPException)


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service is, whom to believe there, who we are: `url` ends with the version, `.../csc/v2`."""

    url: str
    authority: Path
    client_id: str
    client_secret: Callable[[], str]
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service said; `waiting`: the holder has not answered yet."""

    content: dict[str, Any]
    waiting: bool = False


class ServiceRefused(Exception):
    """The service says why not: the code and the description of the interface."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(f"{code}: {description}")
        self.code = code
        self.description = description


class CscClient:
    """Calls the methods of one service, with an access token of its own."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._context: ssl.SSLContext | None = None
        self._token = ""
        self._token_until = 0.0
        self._token_url = ""

    @property
    def place(self) -> str:
        """Host and port, for messages."""
        return urlsplit(self._service.url).netloc

    def ask(self, method: str, **parameters: Any) -> Answer:
        """Call a method that changes nothing. Raises `ServiceRefused`, `Unavailable` (`keys.down`)."""
        return self._authorised(method, parameters, again=True)

    def do(self, method: str, **parameters: Any) -> Answer:
        """Call a method that uses something up: never sent twice. Raises as `ask`."""
        return self._authorised(method, parameters, again=False)

    def _authorised(self, method: str, parameters: dict[str, Any], *, again: bool) -> Answer:
        url = f"{self._service.url.rstrip('/')}/{method}"
        body, kind = json.dumps(parameters).encode(), "application/json"
        status, content = self._send(url, body, kind, again=again, token=self._access())
        if status == _UNAUTHORIZED:  # withdrawn before its time: nothing was done, so it may be sent again
            self._token_until = 0.0
            status, content = self._send(url, body, kind, again=again, token=self._access())
        if status in (_OK, _ACCEPTED):
            return Answer(content, waiting=status == _ACCEPTED)
        raise ServiceRefused(str(content.get("error", status)), str(content.get("error_description", "")))

    def _access(self) -> str:
        """Return an access token that still holds (OAuth 2.0, client credentials)."""
        if time.monotonic() < self._token_until:
            return self._token
        form = {
            "grant_type": "client_credentials",
            "scope": "service",
            "client_id": self._service.client_id,
            "client_secret": self._service.client_secret(),
        }
        kind = "application/x-www-form-urlencoded"
        status, content = self._send(self._find_token_url(), urlencode(form).encode(), kind, again=True)
        if status != _OK or not isinstance(content.get("access_token"), str):
            raise self._down(str(content.get("error", status)))
        self._token = content["access_token"]
        self._token_until = time.monotonic() + float(content.get("expires_in", 3600)) - _MARGIN_SECONDS
        return self._token

    def _find_token_url(self) -> str:
        if not self._token_url:
            url = f"{self._service.url.rstrip('/')}/info"
            _, content = self._send(url, b"{}", "application/json", again=True)
            self._token_url = f"{str(content.get('oauth2', '')).rstrip('/')}/oauth2/token"
        return self._token_url

    def _send(self, url: str, body: bytes, kind: str, *, again: bool, token: str = "") -> tuple[int, dict[str, Any]]:
        """Send, and again after a pause if it got lost and may be; a server's error is as good as lost."""
        headers = {"Content-Type": kind, "Accept": "application/json"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        reason = ""
        for left in range(_TRIES - 1, -1, -1):
            sent = False
            try:
                connection = self._connect(url)
                sent = True
                status, content = _exchange(connection, urlsplit(url).path, body, headers)
                if status < _SERVER_ERROR:
                    return status, content
                reason = f"HTTP {status}"
            except ssl.SSLCertVerificationError as error:
                raise self._down("certificate") from error
            except _LOST as error:
                reason = type(error).__name__
            if not left or (sent and not again):
                break
            time.sleep(_PAUSE_SECONDS)
        raise self._down(reason)

    def _connect(self, url: str) -> http.client.HTTPSConnection:
        place = urlsplit(url)
        if place.scheme != "https" or place.hostname != urlsplit(self._service.url).hostname:
            raise self._down("address")  # a token or a code goes nowhere else
        if self._context is None:
            self._context = ssl.create_default_context(cafile=str(self._service.authority))
        connection = http.client.HTTPSConnection(
            place.hostname or "", place.port, timeout=self._service.seconds, context=self._context
        )
        connection.connect()
        return connection

    def _down(self, reason: str) -> Unavailable:
        return Unavailable("keys.down", place=self.place, reason=reason)


def _exchange(
    connection: http.client.HTTPSConnection, path: str, body: bytes, headers: dict[str, str]
) -> tuple[int, dict[str, Any]]:
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        data = answer.read(_MAX_ANSWER_BYTES)
    finally:
        connection.close()
    try:
        content = json.loads(data)
    except ValueError:
        content = {}
    return answer.status, content if isinstance(content, dict) else {}
