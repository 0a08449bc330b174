"""The centre over HTTP: one POST an aggregate, the answer in JSON (docs/monitor-format.md)."""

import base64
import http.client
import json
import urllib.error
import urllib.request
from typing import Any

from onestop.errors import Unavailable

PATIENCE_SECONDS = 30
LARGEST_ANSWER = 1024 * 1024


class HttpCentre:
    """Hands reports in at an address."""

    def __init__(self, address: str) -> None:
        self._address = address

    def hand_in(self, document: bytes, signature: bytes) -> dict[str, Any]:
        """Hand in one aggregate."""
        said = {"document": document, "signature": signature}
        body = json.dumps({name: base64.b64encode(data).decode() for name, data in said.items()}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._address, data=body, headers=headers)  # noqa: S310  http(s) only, see below
        if request.type not in {"http", "https"}:
            raise Unavailable("centre.down", address=self._address, reason="http or https")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as reply:  # noqa: S310
                return self._read(reply.read(LARGEST_ANSWER))
        except urllib.error.HTTPError as refused:
            with refused:
                return self._read(refused.read(LARGEST_ANSWER))
        except (OSError, http.client.HTTPException) as error:
            raise Unavailable("centre.down", address=self._address, reason=str(error)) from error

    def _read(self, answer: bytes) -> dict[str, Any]:
        try:
            found = json.loads(answer)
        except ValueError as error:
            raise Unavailable("centre.down", address=self._address, reason="no answer in JSON") from error
        return found if isinstance(found, dict) else {"answer": found}
