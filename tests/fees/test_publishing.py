"""Which fees can be paid online is published by decision, and stands in a register of the journal."""

import pytest

from onestop.accounts.rules import SYSTEM
from onestop.demo.province import TODAY
from onestop.demo.stage import moment
from onestop.demo.stories import EXTRACT, MARITAL
from onestop.errors import NotFound, Refused
from onestop.fees.operations.publishing import REGISTER, publish_payable
from onestop.fees.queries import list_payable_online
from onestop.journal.models import JournalEntry, Register
from tests.fees.conftest import AT
from tests.world import World


def publish(*codes: str, decision: str = "QĐ thử") -> list[str]:
    return publish_payable(procedures=codes, decision=decision, valid_from=TODAY, by=SYSTEM, at=moment(AT))


def test_each_is_published_once_with_its_decision(world: World) -> None:
    assert publish(EXTRACT) == [EXTRACT]
    assert publish(EXTRACT, MARITAL) == [MARITAL]
    assert publish(EXTRACT, MARITAL) == []
    entries = JournalEntry.objects.filter(stream=Register.objects.get(name=REGISTER).stream).order_by("sequence")
    assert [entry.payload["procedures"] for entry in entries] == [[EXTRACT], [MARITAL]]
    assert {entry.ground for entry in entries} == {"QĐ thử"}
    assert list_payable_online(TODAY) == {EXTRACT, MARITAL}
    assert list_payable_online(TODAY.replace(year=2025)) == frozenset()


def test_without_a_decision_or_a_procedure_nothing_is_published(world: World) -> None:
    with pytest.raises(Refused, match="decision_missing"):
        publish(EXTRACT, decision=" ")
    with pytest.raises(NotFound):
        publish("9.999999")
    assert list_payable_online(TODAY) == frozenset()
