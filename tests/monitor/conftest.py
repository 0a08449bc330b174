"""A centre that knows whose signature Quảng Ninh's aggregates bear, and a province that signs them."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from onestop.demo.stage import moment
from onestop.monitor.models import Composed, Submission
from onestop.monitor.operations.composing import compose_aggregate
from onestop.monitor.operations.receiving import name_holder, receive_aggregate
from onestop.monitor.rules.aggregates import digest_of
from onestop.signatures.operations.detached import sign_file
from onestop.trust.operations.keys import issue_key
from onestop.trust.rules import KeyKind
from tests.world import World

KEY, HOLDER = "seal:H49", "Tỉnh Quảng Ninh, trung tâm số liệu"


@dataclass(frozen=True)
class Centre:
    """Short ways to compose, sign and hand in."""

    key: str
    holder: str

    def compose(self, day: date) -> Composed:
        return compose_aggregate(member="H49", day=day, key=self.key, at=self.morning(day))

    def sign(self, document: bytes, day: date, key: str = "") -> bytes:
        return sign_file(digest=bytes.fromhex(digest_of(document)), key=key or self.key, at=self.morning(day))

    def receive(self, document: bytes, signature: bytes, at: datetime) -> Submission:
        return receive_aggregate(document=document, signature=signature, at=at)

    def morning(self, day: date) -> datetime:
        """Seven o'clock on the day after."""
        return moment(f"{date.fromordinal(day.toordinal() + 1)} 07:00")


@pytest.fixture
def centre(played: World) -> Centre:
    """The centre and the province in one database, with the dossiers of all stories."""
    at = moment("2026-01-05 08:00")
    certificate = issue_key(
        key="seal:H49.monitor", common_name=HOLDER, organisation=HOLDER, kind=KeyKind.ORGANISATION, at=at
    )
    name_holder(member="H49", holder=certificate.common_name, valid_from=date(2026, 1, 1), at=at)
    return Centre("seal:H49.monitor", certificate.common_name)
