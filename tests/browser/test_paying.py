"""Paying a fee in a browser: Minh states it, Oanh pays on the platform and comes back; in every language and width."""

from collections.abc import Callable
from typing import Any

import pytest

from onestop.fees.models import Order
from onestop.fees.operations.settling import settle
from onestop.fees.queries import get_ledger
from tests.fees.conftest import desk, online, plugged  # noqa: F401  fixtures
from tests.stand_ins import Payments
from tests.web.officers import Hall, hall, row  # noqa: F401  a fixture
from tests.world import World

Look = Callable[..., None]


@pytest.fixture
def db(world: World) -> None:
    """The pages are served from the province instead of an empty database."""


def test_minh_states_a_fee_and_oanh_pays_it(
    hall: Hall,  # noqa: F811
    online: Payments,  # noqa: F811
    open_page: Callable[..., Any],
    look: Look,
) -> None:
    play = hall.extract()
    minh, oanh = hall.log_in("minh", "vi"), hall.log_in("oanh", "vi")
    page = open_page(f"/mot-cua/ho-so/{play.code}/", client=minh)
    page.get_by_text("Thông báo phí, lệ phí").first.click()
    page.get_by_role("button", name="Thông báo phí, lệ phí").click()
    page.get_by_text(f"Đã thông báo phí, lệ phí: {play.code}").wait_for()
    look(f"/mot-cua/ho-so/{play.code}/", "fee-desk", client=minh)
    look(f"/ho-so/{play.code}/", "fee-owed", client=oanh)
    page = open_page(f"/ho-so/{play.code}/", client=oanh)
    page.get_by_role("button", name="Nộp 8.000 đ trực tuyến").click()
    look(f"/ho-so/{play.code}/thanh-toan/", "fee-paying", client=oanh)
    page.get_by_role("link", name="Sang nền tảng thanh toán").click()
    page.get_by_role("button", name="Xác nhận nộp").click()
    page.wait_for_url(f"**/ho-so/{play.code}/thanh-toan/")
    settle(reference=Order.objects.get().reference, at=row(play).changed_at)
    assert get_ledger(row(play)).owed == 0
    look(f"/ho-so/{play.code}/thanh-toan/", "fee-paid", client=oanh)
    look(f"/ho-so/{play.code}/", "fee-done", client=oanh)
