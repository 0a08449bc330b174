"""The catalogue of the house, loaded once for the tests of this folder."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_register() -> None:
    from onestop.catalogue.queries import forget_forms, forget_versions

    forget_forms()
    forget_versions()


@pytest.fixture(scope="package")
def own_catalogue(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Any]:
    """Loaded outside any test's transaction, and taken away when the last test of the folder is done."""
    from django.db import connection

    from onestop.accounts.rules import SYSTEM
    from onestop.catalogue.operations import load_own_catalogue

    with django_db_blocker.unblock():
        reports = load_own_catalogue(by=SYSTEM, at=AT)
    yield reports
    tables = "catalogue_procedureversion, catalogue_procedure, catalogue_sector, catalogue_eform"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")
