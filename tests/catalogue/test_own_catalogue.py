"""The catalogue of the house, loaded whole: figures that must hold, and a second load that changes nothing."""

import time
from datetime import UTC, datetime

import pytest

from onestop.accounts.rules import SYSTEM
from onestop.catalogue import operations
from onestop.catalogue.models import Procedure, ProcedureVersion

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)


def test_everything_is_loaded(own_catalogue):
    core, whole, forms = own_catalogue
    assert (core.rows, core.created, core.unusable) == (52, 52, ())
    assert (whole.rows, whole.created, whole.unusable) == (5666, 5623, ())
    assert (forms.rows, forms.created, forms.unusable) == (11, 11, ())
    assert Procedure.objects.count() == 5675
    assert ProcedureVersion.objects.count() == 5675


def test_a_second_load_changes_nothing(own_catalogue):
    start = time.monotonic()
    reports = operations.load_own_catalogue(by=SYSTEM, at=AT)
    assert [(item.created, item.updated) for item in reports] == [(0, 0), (0, 0), (0, 0)]
    assert [item.unchanged for item in reports] == [52, 5666, 11]
    print("again", time.monotonic() - start)
