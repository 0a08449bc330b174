"""A snapshot is prepared by one, signed by another, kept by the journal; a later change is a new one with a reason."""

from datetime import datetime

import pytest
from django.db import connection

from onestop.accounts.rules import Principal, Role
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import moment
from onestop.demo.stories import MARITAL
from onestop.dossiers.queries.audits import audit_journal
from onestop.errors import NotFound, Refused
from onestop.indicators.models import Snapshot
from onestop.indicators.operations.snapshots import prepare_last_month, prepare_snapshot, sign_snapshot
from onestop.indicators.queries.figures import take_survey
from onestop.indicators.queries.quality import SCHEME, find_quality
from onestop.indicators.queries.snapshots import REGISTER, check_snapshot, get_snapshot, list_snapshots, list_waiting
from onestop.journal.queries import list_register
from tests.world import World

BEGIN, END = moment("2026-03-01 00:00"), moment("2026-04-01 00:00")
AT = moment("2026-04-02 09:00")


class Office:
    """The people who answer for the figures of the province."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.auditor = world.officer("kiemsoat", "2026-04-02 09:00")
        self.head = world.officer("lanhdao", "2026-04-02 09:00")
        self.unit = self.head.unit_code

    def prepare(self, reason: str = "", by: Principal | None = None, at: datetime = AT) -> Snapshot:
        """Prepare the snapshot of March."""
        return prepare_snapshot(
            unit=self.unit, period_from=BEGIN, as_of=END, by=by or self.auditor, at=at, reason=reason
        )

    def sign(self, row: Snapshot, by: Principal | None = None) -> Snapshot:
        """Sign it."""
        return sign_snapshot(snapshot_id=row.pk, by=by or self.head, at=AT)


@pytest.fixture
def bare(world: World) -> Office:
    """A province in which nothing happened yet."""
    return Office(world)


def reasons(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    """Every reason given."""
    return set(refused.value.reasons)


def test_it_is_signed_with_the_own_key_entered_in_the_journal_and_holds(bare: Office) -> None:
    file_one(bare.world)
    row = bare.sign(bare.prepare())
    (entry,) = list_register(REGISTER)
    assert (entry.pk, entry.actor, entry.kind) == (row.entry, f"officer:{bare.head.account_id}", "sign_snapshot")
    assert entry.payload["content"] == row.content_hash
    assert row.dossiers_count == 1
    assert row.content["calendar"] or row.content["catalogue"]["versions"]
    assert check_snapshot(row).holds
    assert check_snapshot(row).moved == ()
    assert audit_journal().holds


def test_what_was_recorded_since_moves_figures_but_not_the_snapshot(bare: Office) -> None:
    file_one(bare.world)
    row = bare.sign(bare.prepare())
    file_one(bare.world, who="tam")
    found = check_snapshot(row)
    assert found.holds
    filed = [item for item in found.moved if (item.unit, item.code) == (bare.unit, "ONLINE_BY_CHANNEL")]
    assert [(item.signed, item.known) for item in filed] == [((1, 1), (2, 2))]


def test_a_second_snapshot_of_the_period_needs_a_reason_and_a_difference(bare: Office) -> None:
    file_one(bare.world)
    bare.sign(bare.prepare())
    with pytest.raises(Refused) as refused:
        bare.prepare()
    assert reasons(refused) == {"snapshot.reason_needed"}
    with pytest.raises(Refused, match="nothing_changed"):
        bare.prepare("Bổ sung hồ sơ đến muộn")
    file_one(bare.world, who="tam")
    second = bare.sign(bare.prepare("Bổ sung hồ sơ đến muộn"))
    assert (second.number, second.reason) == (2, "Bổ sung hồ sơ đến muộn")
    assert [row.number for row in list_snapshots(unit=bare.unit)] == [2, 1]
    assert len(list_register(REGISTER)) == 2


def test_whoever_settles_does_not_prepare_and_whoever_prepares_does_not_sign(bare: Office) -> None:
    for who in ("minh", "hoa", "duc", "thu", "quang"):
        by = bare.world.officer(who, "2026-04-02 09:00")
        with pytest.raises((Refused, NotFound)):
            bare.prepare(by=by)
    with pytest.raises(Refused) as refused:
        bare.prepare(by=bare.head)
    assert reasons(refused) == {"figures.wrong_role", "figures.settles_too"}
    row = bare.prepare()
    with pytest.raises(Refused) as refused:
        bare.sign(row, by=bare.auditor)
    assert reasons(refused) == {"figures.wrong_role", "snapshot.prepared_by_signer"}
    with pytest.raises(NotFound):
        bare.sign(row, by=bare.world.officer("quang", "2026-04-02 09:00"))


def test_one_person_in_both_roles_may_still_not_do_both(bare: Office) -> None:
    both = Principal(
        bare.head.account_id, "x", frozenset({Role.LEADER, Role.AUDITOR}), bare.head.key, posting_id=1,
        post_code="x", unit_id=bare.head.unit_id, unit_code=bare.unit, unit_ids=bare.head.unit_ids,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        bare.prepare(by=both)
    assert reasons(refused) == {"figures.settles_too"}


def test_a_month_that_is_not_over_is_not_signed_for(bare: Office) -> None:
    with pytest.raises(Refused) as refused:
        bare.prepare(at=moment("2026-03-20 09:00"))
    assert reasons(refused) == {"snapshot.period_not_over"}


def test_signing_counts_again_and_refuses_other_numbers(bare: Office) -> None:
    row = bare.prepare()
    content = {**row.content, "dossiers": {"count": 7, "sha256": "0"}}
    Snapshot.objects.filter(pk=row.pk).update(content=content, content_hash="f" * 64)
    with pytest.raises(Refused, match="not_reproduced"):
        bare.sign(row)
    assert list_register(REGISTER) == []


def test_a_snapshot_that_was_tampered_with_is_named(bare: Office) -> None:
    row = bare.sign(bare.prepare())
    Snapshot.objects.filter(pk=row.pk).update(dossiers_count=5, content={**row.content, "unit": "H00"})
    faults = check_snapshot(get_snapshot(row.pk)).faults
    assert set(faults) == {"snapshot.content_altered", "snapshot.not_reproduced", "snapshot.entry_differs"}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM journal_journalentry WHERE id = %s", [row.entry])
        cursor.execute("ALTER TABLE journal_journalentry ENABLE TRIGGER ALL")
    assert "snapshot.entry_missing" in check_snapshot(get_snapshot(row.pk)).faults


def test_figures_of_every_unit_with_dossiers_are_in_it_and_what_has_no_number_says_why(bare: Office) -> None:
    file_one(bare.world)
    row = bare.sign(bare.prepare())
    kept = {figure["code"]: figure for figure in row.content["figures"]}
    assert kept["ONLINE_BY_CHANNEL"]["denominator"] == 1
    assert kept["SATISFACTION_ASKED"] == {
        "scheme": "province", "code": "SATISFACTION_ASKED", "version": 1, "no_data": "ratings_not_recorded",
    }  # fmt: skip
    assert {unit["unit"] for unit in row.content["units"]} == {bare.world.stage.unit_code(HONG_GAI)}


def file_one(world: World, who: str = "binh") -> None:
    """File one dossier in March."""
    from onestop.demo import answers

    world.stage.file(MARITAL, who, HONG_GAI, "2026-03-10 08:05", answers=answers.marital(who))


def test_the_night_prepares_the_month_that_ended_once_and_puts_it_before_the_head(bare: Office) -> None:
    file_one(bare.world)
    at = moment("2026-04-01 01:20")
    row = prepare_last_month(at=at)
    assert row is not None
    assert (row.unit, row.period_from, row.as_of) == (bare.unit, BEGIN, END)
    assert prepare_last_month(at=moment("2026-04-15 01:20")) is None
    assert list_waiting(by=bare.head) == [row]
    assert list_waiting(by=bare.auditor) == list_waiting(by=bare.world.officer("quang", "2026-04-02 09:00")) == []
    assert bare.sign(row).entry is not None
    assert list_waiting(by=bare.head) == []
    assert prepare_last_month(at=moment("2026-04-15 01:20")) is None
    with pytest.raises(Refused) as refused:
        bare.prepare()
    assert reasons(refused) == {"snapshot.reason_needed"}
    january = prepare_last_month(at=moment("2026-02-01 00:00"))
    assert january is not None
    assert (january.period_from, january.as_of) == (moment("2026-01-01 00:00"), moment("2026-02-01 00:00"))


def test_what_the_report_on_the_data_found_before_stands_beside_the_figures(bare: Office) -> None:
    file_one(bare.world)
    row = bare.prepare()
    survey = take_survey(as_of=END, period_from=BEGIN, scheme=SCHEME)
    found = find_quality(survey, unit=bare.unit)
    wanted = {doubt.definition.code: doubt.numerator for doubt in found.doubts if doubt.numerator}
    assert row.quality is not None
    assert {item["code"]: item["found"] for item in row.quality if item["code"] in wanted} == wanted
    assert all(item["found"] for item in row.quality)
