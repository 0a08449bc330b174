"""One account with a password."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from onestop.accounts.models import Account
from onestop.accounts.operations import open_account
from onestop.accounts.rules import SYSTEM


@pytest.fixture
def lan(db: None) -> Account:
    """Lan's account; failed log-ins of other tests are forgotten."""
    cache.clear()
    at = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    return open_account(username="Lan", full_name="Nguyễn  Thị Lan", password="mua-xuan-2026", by=SYSTEM, at=at)
