"""People at the portal: logged in, with papers to hand in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onestop.accounts.queries import find_account
from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.papers import scan
from onestop.demo.stories import BIRTH
from tests.world import World


def log_in(username: str, language: str = "en") -> Client:
    """A browser in which this person of the cast is logged in."""
    client = Client()
    account = find_account(username)
    assert account is not None
    client.force_login(account)
    client.cookies["lang"] = language
    return client


def paper(
    name: str = "chung-sinh.pdf", data: bytes | None = None, title: str = "Giấy chứng sinh"
) -> SimpleUploadedFile:
    """A file to upload; by default a real PDF."""
    return SimpleUploadedFile(name, scan(title, "Nguyễn Thị Lan") if data is None else data, "application/pdf")


def whole_birth(world: World, **changed: Any) -> dict[str, Any]:
    """All that one request needs to register a birth; None takes a field out."""
    fields = {name: str(value) for name, value in answers.birth().items()}
    sent = {**fields, "agency": world.stage.unit_code(HONG_GAI), "way": "2", "file-BIRTH_NOTICE": paper(), **changed}
    return {name: value for name, value in sent.items() if value is not None}


def file_birth(client: Client, world: World, **changed: Any) -> Any:
    """File the birth in one request."""
    return client.post(f"/thu-tuc/{BIRTH}/nop-mot-lan/", whole_birth(world, **changed))


@pytest.fixture
def lan(world: World) -> Client:
    """Lan, logged in, in the province where nothing is filed yet."""
    return log_in("lan")
