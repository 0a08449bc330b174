"""A client that keeps its connection, its cookies, and the time each request took."""

import http.client
import re
import secrets
import time
import urllib.parse
from http.cookies import SimpleCookie

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
LOG_IN = "/tai-khoan/dang-nhap/"
Files = dict[str, tuple[str, bytes]]


class Unexpected(RuntimeError):
    """The server answered something that a life does not contain."""


class Browser:
    """One person at one keep-alive connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self._token = ""
        self.seconds: list[float] = []

    def again(self) -> "Browser":
        """Return the same person at a connection of their own: logging in is bounded for an address."""
        other = Browser(self._connection.port)
        other._cookies, other._token = dict(self._cookies), self._token
        return other

    def log_in(self, username: str, password: str) -> None:
        """Log in by the ordinary page."""
        _, _, body = self._ask("GET", LOG_IN)
        self._read_token(body)
        status, place, _ = self.post(LOG_IN, {"login": username, "password": password})
        if status != 302 or "dang-nhap" in place:
            raise Unexpected(f"log-in of {username}: {status} {place}")
        self._token = self._cookies["csrftoken"]
        self.seconds.clear()

    def get(self, path: str) -> bytes:
        """Open a page; return its body."""
        status, _, body = self._ask("GET", path)
        if status != 200:
            raise Unexpected(f"{path}: {status}")
        return body

    def post(self, path: str, fields: dict[str, str], files: Files | None = None) -> tuple[int, str, bytes]:
        """Post a form; return status, the place redirected to, and the body."""
        fields = {"csrfmiddlewaretoken": self._token, **fields}
        if files:
            boundary = secrets.token_hex(12)
            kind, body = f"multipart/form-data; boundary={boundary}", _multipart(boundary, fields, files)
        else:
            kind, body = "application/x-www-form-urlencoded", urllib.parse.urlencode(fields).encode()
        return self._ask("POST", path, body, {"Content-Type": kind})

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, str, bytes]:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        begun = time.perf_counter()
        self._connection.request(method, path, body or None, {"Cookie": cookie, **(headers or {})})
        answer = self._connection.getresponse()
        said = answer.read()
        self.seconds.append(time.perf_counter() - begun)
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self._keep(name, morsel.value, gone=morsel["max-age"] == "0")
        return answer.status, answer.headers.get("Location", ""), said

    def _keep(self, name: str, value: str, *, gone: bool) -> None:
        if gone or name == "messages":  # a page shows its messages and forgets them; a life opens no page
            self._cookies.pop(name, None)
        else:
            self._cookies[name] = value

    def _read_token(self, body: bytes) -> None:
        found = TOKEN.search(body)
        if found is None:
            raise Unexpected("the log-in page has no form")
        self._token = found[1].decode()


def _multipart(boundary: str, fields: dict[str, str], files: Files) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, (file_name, data) in files.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        parts += [head.encode(), b"Content-Type: application/pdf\r\n\r\n", data, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()])
