"""The pages of the plan that are read most, looked at in three languages and two widths."""

import pytest

from tests.browser.conftest import Look
from tests.web.officers import Hall
from tests.web.plan.conftest import planned  # noqa: F401  a fixture


@pytest.mark.parametrize(
    ("who", "name", "address"),
    [
        ("", "plan-public", "/ke-hoach/"),
        ("quang", "plan-progress", "/ke-hoach/tien-do/"),
        ("quang", "plan-tasks", "/ke-hoach/viec/"),
        ("kiemsoat", "plan-reports", "/ke-hoach/bao-cao/"),
        ("hoa", "plan-assessment", "/ke-hoach/cham-diem/nd-335/cua-toi/"),
    ],
)
def test_pages(planned: Hall, look: Look, who: str, name: str, address: str) -> None:  # noqa: F811
    client = planned.log_in(who) if who else None
    look(address, name, client=client)
