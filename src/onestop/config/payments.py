"""Wiring of the chapter fees: a payment platform if one is named, else none."""

import time
from pathlib import Path

from onestop.errors import Invalid
from onestop.fees import ports
from onestop.fees.adapters.http_platform import HttpPlatform
from onestop.fees.adapters.null import NoGateway


def plug_payments(url: str, secret_file: str) -> None:
    """Plug the platform at an address, with the secret that a file holds. Raises `Invalid` if there is no secret."""
    if not url:
        ports.gateway.plug(NoGateway())
        return
    secret = Path(secret_file).read_bytes().strip() if secret_file and Path(secret_file).is_file() else b""
    if not secret:
        raise Invalid("payment.no_secret", file=secret_file)
    ports.gateway.plug(HttpPlatform(url, secret, time.time))
