"""The page of the public log in a browser: every language and width, the answer to a proof, without scripts."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.journal.operations import publish_log
from onestop.journal.queries import list_entries
from onestop.journal.queries.proofs import make_proof
from tests.browser.conftest import LANGUAGES, SCREENS, faults_of_access, faults_of_width
from tests.journal.log.conftest import PublicLog, public_log  # noqa: F401  a fixture

Look = Callable[..., None]


@pytest.fixture
def db(played: dict[str, str], public_log: PublicLog) -> None:  # noqa: F811
    """The pages are served from the played province, its log published."""
    publish_log(at=datetime.now(UTC))


def test_the_log_is_looked_at_in_every_language(look: Look) -> None:
    look("/nhat-ky/", "ledger", dark=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proof_is_answered_in_every_language(
    played: dict[str, str], open_page: Callable[..., Any], language: str, tmp_path: Path
) -> None:
    code = played["birth_the_same_day"]
    file = tmp_path / f"{code}-7.tlog-proof"
    page = open_page("/nhat-ky/", language=language, width=360)
    file.write_bytes(make_proof(list_entries(get_unscoped(code).pk)[6]))
    whole = file.read_bytes()
    for name, data in (("holds", whole), ("altered", whole.replace(b"\nindex 1", b"\nindex 2"))):
        file.write_bytes(data)
        page.locator('[name="file"]').set_input_files(str(file))
        page.locator('[name="code"]').fill(code)
        page.locator('main form [type="submit"]').click()
        assert page.get_by_role("status" if name == "holds" else "alert").count() == 1
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=SCREENS / f"ledger-{name}-{language}-{width}.png", full_page=True)
            assert not faults_of_width(page)
        assert not faults_of_access(page)
