"""The books of the payment platform: orders and what was paid of them, kept in one file across restarts."""

import json
import secrets
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from onestop.outside.certification import write

LOCAL = timezone(timedelta(hours=7))
ASKED = ("reference", "amount_vnd", "about", "notify", "back")
Order = dict[str, Any]


class Refused(Exception):
    """The books say no."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Books:
    """Orders by their reference."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._orders: dict[str, Order] = json.loads(place.read_text()) if place.exists() else {}

    def open(self, asked: Order) -> Order:
        """Open an order; the same once more is the same, with another amount it is refused."""
        wanted = {name: asked[name] for name in ASKED}
        if not isinstance(wanted["amount_vnd"], int) or wanted["amount_vnd"] <= 0:
            raise ValueError("amount_vnd is a whole number of đồng")
        known = self._orders.get(wanted["reference"])
        if known is not None and known["amount_vnd"] != wanted["amount_vnd"]:
            raise Refused("another order has this reference")
        if known is None:
            fresh = {"token": secrets.token_urlsafe(12), "state": "open", "transactions": []}
            known = self._orders[wanted["reference"]] = {**wanted, **fresh}
            self._keep()
        return known

    def get(self, reference: str) -> Order:
        """Return an order. Raises `Refused` if there is none."""
        if reference not in self._orders:
            raise Refused("no such order")
        return self._orders[reference]

    def of_token(self, token: str) -> Order:
        """Return the order of a payer's page. Raises `Refused` if there is none."""
        found = next((order for order in self._orders.values() if order["token"] == token), None)
        if found is None:
            raise Refused("no such order")
        return found

    def pay(self, reference: str, *, again: bool = False) -> None:
        """Book a payment of the whole amount; a second one only if `again`."""
        order = self.get(reference)
        if order["transactions"] and not again:
            raise Refused("paid already")
        number = f"PM{datetime.now(LOCAL):%y%m%d}{secrets.token_hex(5).upper()}"
        paid = {"number": number, "reference": reference, "amount_vnd": order["amount_vnd"]}
        order["transactions"].append({**paid, "paid_at": datetime.now(UTC).isoformat()})
        order["state"] = "paid"
        self._keep()

    def decline(self, reference: str) -> None:
        """The payer does not want to; what is paid stays paid."""
        order = self.get(reference)
        if order["state"] == "open":
            order["state"] = "declined"
            self._keep()

    def of_day(self, day: date) -> list[Order]:
        """Return the payments booked on a local day."""
        paid = (item for order in self._orders.values() for item in order["transactions"])
        return [item for item in paid if datetime.fromisoformat(item["paid_at"]).astimezone(LOCAL).date() == day]

    def _keep(self) -> None:
        write(self._place, json.dumps(self._orders).encode())
