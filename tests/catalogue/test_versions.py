"""Versions never overlap and never change; what is published takes the place of what was."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.db.utils import DataError, ProgrammingError

from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.catalogue import operations, queries
from onestop.catalogue.models import Procedure, ProcedureVersion
from onestop.catalogue.rules.kinds import Level, OnlineLevel
from onestop.errors import NotFound, Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
BIRTH = "1.001193"


@pytest.fixture
def birth(own_catalogue):
    return queries.get_procedure(BIRTH)


def version(procedure, start, end, number):
    return ProcedureVersion(
        procedure=procedure,
        number=number,
        effective_from=start,
        effective_until=end,
        online_level="unknown",
        content={},
        content_hash="x",
        published_at=AT,
        published_by="system",
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2023, 1, 1), date(2024, 1, 1)),
        (date(2026, 1, 1), None),
        (date(2020, 1, 1), date(2023, 1, 2)),
        (date(2020, 1, 1), None),
    ],
)
def test_the_database_refuses_versions_that_overlap(birth, start, end):
    with pytest.raises(IntegrityError), transaction.atomic():
        version(birth, start, end, 2).save()


def test_versions_may_touch_and_be_empty(birth):
    version(birth, date(2020, 1, 1), date(2023, 1, 1), 2).save()
    version(birth, date(2026, 1, 1), date(2026, 1, 1), 3).save()
    assert queries.get_version_in_force(BIRTH, date(2022, 12, 31)).number == 2
    assert queries.get_version_in_force(BIRTH, date(2026, 1, 1)).number == 1


def test_a_version_cannot_end_before_it_begins(birth):
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        version(birth, date(2022, 1, 1), date(2021, 1, 1), 2).save()


@pytest.mark.parametrize(
    "change",
    ["content = '{}'", "online_level = 'full'", "decision = 'x'", "number = 7", "effective_from = '2020-01-01'"],
)
def test_the_database_refuses_to_change_a_version(birth, change):
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE catalogue_procedureversion SET {change} WHERE procedure_id = %s", [birth.pk])


def test_an_ended_version_stays_ended(birth):
    row = ProcedureVersion.objects.filter(procedure=birth)
    row.update(effective_until=date(2026, 8, 1))
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        row.update(effective_until=None)


def test_the_database_refuses_to_change_a_form(own_catalogue):
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_eform SET content = '{}'")


def publish(**changes):
    wanted = {
        "code": BIRTH,
        "decision": "simulated",
        "effective_from": date(2026, 8, 1),
        "online_level": OnlineLevel.FULL,
        "by": SYSTEM,
        "at": AT,
    }
    return operations.publish_version(**(wanted | changes))


def test_publishing_ends_the_version_before(birth):
    published = publish()
    assert (published.number, published.online_level, published.online_basis) == (2, "full", "simulated")
    assert queries.get_version_in_force(BIRTH, date(2026, 7, 31)).online_level == "unknown"
    assert queries.get_version_in_force(BIRTH, date(2026, 8, 1)) == published
    assert queries.get_content(published.pk).document("BIRTH_NOTICE") is not None
    assert [item.number for item in queries.list_versions(BIRTH)] == [2, 1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"decision": " "}, "catalogue.decision_missing"),
        ({"effective_from": date(2022, 1, 1)}, "catalogue.version_before_the_last"),
        ({"online_level": None}, "catalogue.version_changes_nothing"),
        ({"decided_on": date(2026, 7, 21)}, "catalogue.decision_not_signed_yet"),
        ({"is_eligible": False, "online_level": OnlineLevel.PARTIAL}, "catalogue.eligibility_unexplained"),
        ({"is_eligible": False, "eligibility_reason": "on site"}, "catalogue.full_though_not_eligible"),
        ({"by": Principal(3, "Hoa", frozenset({Role.SPECIALIST}), "officer:3")}, "catalogue.not_permitted"),
    ],
)
def test_what_cannot_be_published_is_refused(birth, changes, code):
    with pytest.raises(Refused) as caught:
        publish(**changes)
    assert caught.value.code == code
    assert ProcedureVersion.objects.filter(procedure=birth).count() == 1


def test_eligibility_is_kept_until_a_decision_says_otherwise(birth):
    first = publish(online_level=OnlineLevel.PARTIAL, is_eligible=False, eligibility_reason="a visit on site")
    second = publish(online_level=OnlineLevel.INFORMATION, effective_from=date(2026, 9, 1), decided_on=date(2026, 7, 1))
    assert (second.is_eligible, second.eligibility_reason) == (first.is_eligible, "a visit on site")
    assert (first.decided_on, second.decided_on) == (None, date(2026, 7, 1))


def test_an_unknown_procedure_is_not_found(own_catalogue):
    with pytest.raises(NotFound):
        publish(code="9.999999")
    with pytest.raises(NotFound):
        queries.get_procedure("9.999999")
    with pytest.raises(NotFound):
        queries.get_version_in_force(BIRTH, date(2022, 12, 31))
    with pytest.raises(NotFound):
        queries.get_content(-1)


def test_counts_follow_the_versions_in_force(birth):
    before = queries.count_in_force(date(2026, 8, 1), level=Level.COMMUNE)
    publish()
    after = queries.count_in_force(date(2026, 8, 1), level=Level.COMMUNE)
    assert (after.full, after.unknown) == (before.full + 1, before.unknown - 1)
    assert queries.count_in_force(date(2026, 7, 31), level=Level.COMMUNE) == before
    assert queries.count_in_force(date(2022, 1, 1)).total == 0


def test_the_whole_catalogue_is_counted_when_asked(own_catalogue):
    whole = queries.count_in_force(date(2026, 7, 20), applicability=None)
    assert whole.total == 5675
    assert whole.full == 89
    assert whole.unknown == 5675 - 89
    assert queries.count_in_force(date(2026, 7, 20)).total == 1824


def test_contents_are_read_once(birth, django_assert_num_queries):
    pk = queries.get_version_in_force(BIRTH, date(2026, 7, 20)).pk
    queries.get_content(pk)
    with django_assert_num_queries(0):
        assert queries.get_content(pk).settled_at_once
    queries.get_form_for(BIRTH)
    with django_assert_num_queries(0):
        assert queries.get_form_for(BIRTH).code == "F-BIRTH-2024"


def test_pages_hold_together_in_vietnamese_order(own_catalogue, django_assert_num_queries):
    seen, after = [], ""
    while True:
        page = queries.list_procedures(sector="ho-tich", limit=7, after=after)
        seen += [item.code for item in page.items]
        after = page.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == Procedure.objects.filter(sector__code="ho-tich").count()
    with django_assert_num_queries(1):
        names = [item.sector.name() for item in queries.list_procedures(level=Level.COMMUNE, limit=3).items]
    assert len(names) == 3
    sectors = [item.name() for item in queries.list_sectors()]
    assert sectors.index("Du lịch") < sectors.index("Đất đai") < sectors.index("Hộ tịch")
