"""Procedures with a fee: what the catalogue says, what can be paid online, what was paid in the period."""

from datetime import UTC, date, datetime

import pytest

from onestop.catalogue.models import ProcedureVersion
from onestop.fees.models import PayableOnline
from onestop.indicators.queries.figures import list_figures, take_survey
from onestop.indicators.queries.procedures import list_procedure_facts
from tests.facts.dossiers import make_version
from tests.facts.journals import hours, life, write

LATER, SINCE = datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
OWED = ("charge", 1, {"amount_vnd": 8000})
ONLINE = ("pay", 2, {"settles": True, "online": True})
CASH = ("pay", 2, {"settles": True, "online": False})
PORTAL = "766-portal-2026-observed"


@pytest.fixture
def procedure(db: None) -> ProcedureVersion:
    """A procedure of which the catalogue says that others set the fee."""
    return make_version(fees=[{"kind": "charge", "amount_vnd": None, "set_by": "circular"}])


def facts() -> tuple[object, ...]:
    (found,) = list_procedure_facts(on=LATER.date(), as_of=LATER, period_from=SINCE)
    return found.fee, found.pays_online, found.fee_dossiers, found.paid_online_dossiers


def pairs(scheme: str) -> dict[str, tuple[int, int]]:
    survey = take_survey(as_of=LATER, period_from=SINCE, scheme=scheme)
    return {item.definition.code: (item.numerator, item.denominator) for item in list_figures(survey) if item.is_known}


def test_only_what_happened_counts(procedure: ProcedureVersion) -> None:
    assert facts() == (None, False, 0, 0)
    assert pairs(PORTAL)["PAY_INTEGRATED"] == (0, 0)
    write(
        life(1, OWED, CASH) + life(2, OWED, ONLINE, ONLINE) + life(3, OWED) + life(4, ("charge", 1, {"amount_vnd": 0}))
    )
    assert facts() == (None, False, 3, 1)
    found = pairs(PORTAL)
    assert (found["PAY_INTEGRATED"], found["PAY_TRANSACTION"]) == ((0, 1), (1, 1))
    assert pairs("province")["PAID_ONLINE_BY_PROCEDURE"] == (1, 1)


def test_a_decision_counts_from_its_day_on_and_once_it_is_published(procedure: ProcedureVersion) -> None:
    write(life(1, OWED))
    row = PayableOnline.objects.create(
        procedure=procedure.procedure, decision="QĐ 1", valid_from=date(2027, 1, 1), published_at=hours(5)
    )
    assert facts() == (None, False, 1, 0)
    PayableOnline.objects.filter(pk=row.pk).update(valid_from=date(2026, 1, 1))
    assert facts() == (None, True, 1, 0)
    (then,) = list_procedure_facts(on=LATER.date(), as_of=LATER, period_from=SINCE, known_at=hours(4))
    assert not then.pays_online


def test_the_older_definitions_stay_without_a_number(procedure: ProcedureVersion) -> None:
    survey = take_survey(as_of=hours(0), period_from=SINCE, scheme=PORTAL)
    figures = {item.definition.code: item for item in list_figures(survey)}
    for code in ("PAY_INTEGRATED", "PAY_TRANSACTION", "PAY_DOSSIER"):
        assert (figures[code].definition.version, figures[code].is_known) == (1, False)
    assert "ONLINE" not in pairs(PORTAL)
