"""The units of the province, and a few officers of Phường Hà Tu (H49.21)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from onestop.accounts.models import Account
from onestop.accounts.operations import open_account
from onestop.accounts.rules import SYSTEM
from onestop.agencies.models import Posting
from onestop.agencies.operations import LoadReport, appoint, load_units

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
START = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def province(db: None) -> LoadReport:
    """Every unit and post that comes with the product."""
    return load_units(by=SYSTEM, at=AT)


@pytest.fixture
def officer(province: LoadReport) -> Callable[..., Posting]:
    """Opens an account and puts it into a post."""

    def put(username: str, post_code: str, *, since: datetime = START, until: datetime | None = None) -> Posting:
        account = Account.objects.filter(username=username).first() or open_account(
            username=username, full_name=username.title(), by=SYSTEM, at=START
        )
        return appoint(
            account_id=account.pk, post_code=post_code, held_from=since, held_until=until, by=SYSTEM, at=START
        )

    return put
