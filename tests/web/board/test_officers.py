"""Officers on the board: their own agency first, every number opens its list, other agencies stay closed."""

from typing import Any

import pytest
from django.test import Client

from onestop.accounts.rules import Principal
from onestop.web.base import identity
from onestop.web.board import surveys
from tests.indicators.conftest import province  # noqa: F401  a fixture
from tests.indicators.test_behind import officer, units  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
WHEN = "den=2026-02-04"


@pytest.fixture
def quang(units: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> Principal:  # noqa: F811
    """The leader of the first commune, logged in."""
    surveys._kept.clear()
    leader = officer(units, "H49.30", "H49.30.01")
    monkeypatch.setattr(identity, "principal_of", lambda *_: leader)
    return leader


def test_the_own_agency_comes_first_and_its_numbers_open(client: Client, quang: Principal) -> None:
    page = client.get(f"/bang-chi-so/dieu-hanh/?{WHEN}").content.decode()
    assert "Đơn vị H49.30" in page
    assert "/bang-chi-so/ho-so/ONLINE_BY_CHANNEL/numerator/?don-vi=H49.30&amp;" in page


def test_the_list_behind_a_number(client: Client, quang: Principal) -> None:
    page = client.get(f"/bang-chi-so/ho-so/ONLINE_BY_CHANNEL/numerator/?{WHEN}").content.decode()
    assert [code for code in ("0001", "0002", "0003", "0004", "0005") if f"H49.30.01-260202-{code}" in page] == [
        "0001", "0002", "0004",
    ]  # fmt: skip
    table: Any = client.get(f"/bang-chi-so/ho-so/ONLINE_BY_CHANNEL/denominator/so-lieu.csv?{WHEN}")
    lines = b"".join(table.streaming_content).decode().splitlines()
    assert len(lines) == 1 + 4
    assert "Lan" not in "".join(lines)


@pytest.mark.parametrize("address", ["dieu-hanh/", "ho-so/ONLINE_BY_CHANNEL/numerator/", "dieu-hanh/so-lieu.csv"])
@pytest.mark.parametrize("unit", ["H49", "H49.31"])
def test_other_agencies_stay_closed(client: Client, quang: Principal, address: str, unit: str) -> None:
    assert client.get(f"/bang-chi-so/{address}?{WHEN}&don-vi={unit}").status_code == 404


@pytest.mark.parametrize("address", ["ho-so/NOTHING/numerator/", "ho-so/ONLINE_BY_CHANNEL/whole/"])
def test_what_is_no_number_is_not_found(client: Client, quang: Principal, address: str) -> None:
    assert client.get(f"/bang-chi-so/{address}?{WHEN}").status_code == 404
