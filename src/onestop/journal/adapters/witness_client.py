"""Asking witnesses over HTTP. Source: C2SP tlog-witness."""

import urllib.error
import urllib.request
from http.client import HTTPException

from onestop.journal.rules.witnessing import Answer

SECONDS = 5.0
_LONGEST = 16 * 1024


class WitnessClient:
    """Posts `add-checkpoint`; a witness that does not answer in time is asked again with the next checkpoint."""

    def ask(self, address: str, body: bytes) -> Answer | None:
        """Ask a witness."""
        if not address.startswith(("https://", "http://")):
            return None
        request = urllib.request.Request(f"{address}/add-checkpoint", body, method="POST")  # noqa: S310  checked above
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310
                return Answer(response.status, response.read(_LONGEST).decode(errors="replace"))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read(_LONGEST).decode(errors="replace"))
        except (OSError, HTTPException):
            return None
