"""The review of the catalogue that comes with the software."""

import json
from datetime import UTC, date, datetime
from importlib import resources

import pytest

from onestop.accounts.rules import SYSTEM
from onestop.catalogue.operations import import_catalogue
from onestop.catalogue.queries import vocabulary
from onestop.cli.lint import told
from onestop.simplification.queries.once_only import list_holdings, review_catalogue
from onestop.simplification.rules.once_only import Kind

DAY = date(2026, 3, 1)


@pytest.mark.django_db
def test_the_real_catalogue_asks_for_what_the_state_holds() -> None:
    data = resources.files("onestop.catalogue.data").joinpath("procedures_core.json").read_bytes()
    import_catalogue(data=data, effective_from=date(2026, 1, 1), by=SYSTEM, at=datetime(2026, 1, 1, tzinfo=UTC))
    found = review_catalogue(on=DAY)
    assert {finding.kind for finding in found} >= {Kind.REPLACEABLE, Kind.HELD, Kind.ISSUED_HERE}
    asked = {
        (procedure["code"], part["doc"])
        for procedure in json.loads(data)
        for part in procedure["components"]
        if (part.get("reuse") or {}).get("basis") == "stated_in_source" and part.get("kind") in ("submit", "present")
    }
    stated = {(finding.procedure, finding.subject) for finding in found if finding.kind is Kind.REPLACEABLE}
    assert stated <= asked
    assert len(stated) > 20
    birth = review_catalogue(on=DAY, procedure_code="1.001193")
    assert {finding.procedure for finding in birth} == {"1.001193"}
    assert "ID_DOC" in {finding.subject for finding in birth}
    assert review_catalogue(on=date(1999, 12, 31)) == ()  # no procedure was in force then
    shown = told({"findings": found, "kinds": {"held": 1}, "procedures": 9})
    assert "Giấy tờ tùy thân" in shown
    assert shown.splitlines()[-1].startswith(f"{len(found)} findings in 9 procedures")


def test_every_database_that_holds_something_has_a_name() -> None:
    assert {holding.database for holding in list_holdings()} <= set(vocabulary()["databases"])
