"""The board before anything has happened: nobody has filed, no unit is known, and every page says so."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from onestop.indicators.operations.cube import rebuild_cube
from onestop.web.board import surveys

HOME = "/bang-chi-so/"


@pytest.fixture(params=["no cube yet", "a cube of nothing"])
def nothing(db: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """A database as it is on the first day, before and after the keeper of figures came round."""
    surveys._kept.clear()
    if request.param == "a cube of nothing":
        rebuild_cube(at=datetime.now(UTC))
    yield
    surveys._kept.clear()


@pytest.mark.parametrize("address", ["", "man-hinh/", "dinh-nghia/", "so-lieu.csv", "so-lieu.json"])
def test_every_public_page_opens(nothing: None, address: str) -> None:
    assert Client().get(HOME + address).status_code == 200


@pytest.mark.parametrize("address", ["", "man-hinh/"])
def test_no_figure_is_made_of_nothing(nothing: None, address: str) -> None:
    client = Client()
    client.cookies["lang"] = "en"
    page = client.get(HOME + address).content.decode()
    assert page.count("Nothing to count yet") == 5
    assert "Figures of" not in page
