"""Every page of the plan, looked at in three languages and two widths."""

import pytest

from tests.browser.conftest import Look
from tests.web.officers import Hall
from tests.web.plan.conftest import planned  # noqa: F401  a fixture


@pytest.mark.parametrize(
    ("who", "name", "address"),
    [
        ("", "plan-public", "/ke-hoach/"),
        ("", "plan-public-unit", "/ke-hoach/?don-vi={unit}"),
        ("quang", "plan-progress", "/ke-hoach/tien-do/"),
        ("lanhdao", "plan-progress-province", "/ke-hoach/tien-do/"),
        ("lanhdao", "plan-version", "/ke-hoach/chi-tieu/2026/2/"),
        ("quang", "plan-tasks", "/ke-hoach/viec/"),
        ("kiemsoat", "plan-give", "/ke-hoach/viec/moi/"),
        ("quang", "plan-reviews", "/ke-hoach/ra-soat/"),
        ("quang", "plan-scores", "/ke-hoach/cham-diem/"),
        ("hoa", "plan-my-scores", "/ke-hoach/cham-diem/cua-toi/"),
    ],
)
def test_pages(planned: Hall, look: Look, who: str, name: str, address: str) -> None:  # noqa: F811
    client = planned.log_in(who) if who else None
    look(address.format(unit=planned.world.stage.unit_code("Phường Hồng Gai")), name, client=client)
