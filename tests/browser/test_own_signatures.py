"""The applicant's own signature in a browser, as the officer reads it: in words, in every language and width."""

from collections.abc import Callable
from typing import Any

import pytest

from onestop.dossiers.models import Dossier
from tests.intake.test_own_signatures import (  # noqa: F401  fixtures
    beside,
    certify,
    file,
    hall,
    make_paper,
)
from tests.web.officers import Hall
from tests.world import World


@pytest.fixture
def db(world: World) -> None:
    """The pages are served from the province instead of an empty database."""


def test_what_the_officer_sees(certify: Any, file: Any, hall: Hall, look: Callable[..., None]) -> None:  # noqa: F811
    certify("CCCD:022088001234", "Trần Văn Bình")
    file(make_paper(600), beside())
    look(f"/mot-cua/ho-so/{Dossier.objects.get().code}/", "desk-own-signature", client=hall.log_in("minh"))
