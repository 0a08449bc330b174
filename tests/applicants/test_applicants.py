"""Registering, linking, representing, and the record of who read whose data."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from onestop.accounts.models import Account
from onestop.accounts.operations import close_account, open_account
from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.applicants import queries
from onestop.applicants.models import Applicant, ReadRecord
from onestop.applicants.operations import (
    authorise,
    end_authorisation,
    link_account,
    record_read,
    register_applicant,
)
from onestop.applicants.rules import ApplicantKind, Particulars, RepresentationGround, Sex
from onestop.errors import Invalid, NotFound, Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LAN = Particulars(ApplicantKind.CITIZEN, "Nguyễn Thị Lan", "022195004321", phone="0912345678")
BINH = Particulars(ApplicantKind.CITIZEN, "Trần Văn Bình", "022088001234")
SHOP = Particulars(ApplicantKind.BUSINESS, "Công ty TNHH Hạ Long", tax_code="5700123454")


def account(username: str) -> Account:
    return open_account(username=username, full_name=username.title(), by=SYSTEM, at=AT)


def person(particulars: Particulars, username: str) -> tuple[Applicant, Principal]:
    applicant = register_applicant(particulars=particulars, by=SYSTEM, at=AT)
    link_account(applicant_id=applicant.pk, account_id=account(username).pk, by=SYSTEM, at=AT)
    applicant.refresh_from_db()
    assert applicant.account_id is not None
    found = queries.principal_of(applicant.account_id, AT)
    assert found is not None
    return applicant, found


def test_registering_twice_gives_the_same_applicant_with_the_newer_contact() -> None:
    first = register_applicant(particulars=LAN, by=SYSTEM, at=AT)
    again = Particulars(
        ApplicantKind.CITIZEN,
        "nguyễn thị lan",
        "022 195 004 321",
        birth_date=date(1995, 4, 12),
        sex=Sex.FEMALE,
        address="12 Lê Thánh Tông",
    )
    second = register_applicant(particulars=again, by=SYSTEM, at=AT + DAY)
    assert second.pk == first.pk
    assert (second.name, second.phone, second.address) == ("Nguyễn Thị Lan", "+84912345678", "12 Lê Thánh Tông")
    assert (second.birth_date, second.sex) == (date(1995, 4, 12), "female")
    assert queries.find_by_personal_id("022195 004321") == first
    assert queries.find_applicant(personal_id="022195004321") == first
    shop = register_applicant(particulars=SHOP, by=SYSTEM, at=AT)
    assert register_applicant(particulars=SHOP, by=SYSTEM, at=AT) == shop == queries.find_by_tax_code("5700123454")


def test_a_known_number_under_another_name_is_refused_without_telling_the_name() -> None:
    register_applicant(particulars=LAN, by=SYSTEM, at=AT)
    with pytest.raises(Invalid) as caught:
        register_applicant(particulars=Particulars(LAN.kind, "Lê Thị Hoa", LAN.personal_id), by=SYSTEM, at=AT)
    assert [fault.code for fault in caught.value.faults] == ["applicant.other_name"]
    assert "Lan" not in str(caught.value)


def test_a_stranger_cannot_reach_a_known_applicant_by_its_number() -> None:
    """Bình, logged in, types Lan's number and name: he neither sees nor changes her particulars."""
    register_applicant(particulars=LAN, by=SYSTEM, at=AT)
    _, binh = person(BINH, "binh")
    with pytest.raises(Refused):
        register_applicant(
            particulars=Particulars(LAN.kind, LAN.name, LAN.personal_id, phone="0987654321"), by=binh, at=AT
        )
    assert queries.find_by_personal_id(LAN.personal_id).phone == "+84912345678"  # type: ignore[union-attr]
    with pytest.raises(Refused):
        link_account(applicant_id=1, account_id=binh.account_id or 0, by=binh, at=AT)


def test_an_account_is_one_citizen_and_a_citizen_one_account() -> None:
    lan, by = person(LAN, "lan")
    assert link_account(applicant_id=lan.pk, account_id=by.account_id or 0, by=SYSTEM, at=AT) == lan
    binh = register_applicant(particulars=BINH, by=SYSTEM, at=AT)
    shop = register_applicant(particulars=SHOP, by=SYSTEM, at=AT)
    other = account("other")
    for applicant_id, account_id in ((binh.pk, by.account_id), (lan.pk, other.pk), (shop.pk, other.pk)):
        with pytest.raises(Refused):
            link_account(applicant_id=applicant_id, account_id=account_id or 0, by=SYSTEM, at=AT)
    with pytest.raises(NotFound):
        link_account(applicant_id=binh.pk, account_id=0, by=SYSTEM, at=AT)


def test_the_principal_of_an_applicant_takes_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lan, by = person(LAN, "lan")
    with django_assert_num_queries(1):
        assert queries.principal_of(by.account_id or 0, AT) == by
    assert (by.applicant_ids, by.roles, by.key) == ({lan.pk}, {Role.APPLICANT}, "system:portal")
    assert (by.posting_id, by.unit_ids) == (None, frozenset())
    assert queries.principal_of(account("nobody").pk, AT) is None
    close_account(account_id=by.account_id or 0, by=SYSTEM, at=AT)
    assert queries.principal_of(by.account_id or 0, AT) is None


def test_a_representative_acts_for_a_business_for_the_term_only() -> None:
    lan, by = person(LAN, "lan")
    binh, _ = person(BINH, "binh")
    shop = register_applicant(particulars=SHOP, by=SYSTEM, at=AT)
    given = authorise(
        principal_id=shop.pk,
        representative_id=lan.pk,
        ground=RepresentationGround.LEGAL_REPRESENTATIVE,
        valid_from=AT,
        valid_until=AT + 2 * DAY,
        by=at_the_desk(account("minh")),
        at=AT,
    )
    ids = [queries.principal_of(by.account_id or 0, at).applicant_ids for at in (AT - DAY, AT, AT + 2 * DAY)]  # type: ignore[union-attr]
    assert ids == [{lan.pk}, {lan.pk, shop.pk}, {lan.pk}]
    assert queries.list_represented(by.account_id or 0, AT) == [lan, shop]
    assert binh not in queries.list_represented(by.account_id or 0, AT)
    assert list(queries.list_representations(shop.pk)) == [given]
    end_authorisation(representation_id=given.pk, by=by, at=AT + DAY)
    assert queries.list_represented(by.account_id or 0, AT + DAY) == [lan]
    with pytest.raises(Refused):
        end_authorisation(representation_id=given.pk, by=SYSTEM, at=AT + DAY)


def at_the_desk(minh: Account) -> Principal:
    return Principal(minh.pk, "Minh", frozenset({Role.ONE_STOP_OFFICER}), "officer:1", posting_id=1, post_code="P")


def test_an_authorisation_is_given_in_person_or_by_law_and_not_passed_on() -> None:
    lan, by_lan = person(LAN, "lan")
    binh, by_binh = person(BINH, "binh")
    values = {"valid_from": AT, "at": AT, "document_number": "GUQ-1"}
    given = authorise(
        principal_id=lan.pk,
        representative_id=binh.pk,
        ground=RepresentationGround.AUTHORISATION,
        by=by_lan,
        **values,  # type: ignore[arg-type]
    )
    assert given.recorded_by_id == by_lan.account_id
    third = register_applicant(
        particulars=Particulars(ApplicantKind.CITIZEN, "Đinh Thị Sáu", "022155001357"), by=SYSTEM, at=AT
    )
    acting = queries.principal_of(by_binh.account_id or 0, AT)
    assert acting is not None
    assert lan.pk in acting.applicant_ids
    for ground, principal_id, by in (
        (RepresentationGround.AUTHORISATION, lan.pk, acting),  # passes on what was given to him
        (RepresentationGround.AUTHORISATION, third.pk, acting),  # for a stranger
        (RepresentationGround.PARENT, binh.pk, by_binh),  # papers nobody has seen
    ):
        with pytest.raises(Refused):
            authorise(
                principal_id=principal_id,
                representative_id=third.pk if principal_id != third.pk else binh.pk,
                ground=ground,
                by=by,
                **values,  # type: ignore[arg-type]
            )
    with pytest.raises(NotFound):
        authorise(
            principal_id=0,
            representative_id=binh.pk,
            ground=RepresentationGround.PARENT,
            by=SYSTEM,
            **values,  # type: ignore[arg-type]
        )


def test_who_read_whose_data_is_kept_in_one_statement_and_for_good(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lan, by_lan = person(LAN, "lan")
    binh, _ = person(BINH, "binh")
    minh = at_the_desk(account("minh"))
    with django_assert_num_queries(1):
        assert record_read(applicant_ids=[lan.pk, binh.pk, lan.pk], what="list:desk", by=minh, at=AT) == 2
    with django_assert_num_queries(0):
        assert record_read(applicant_ids=[lan.pk], what="dossier:1", by=by_lan, at=AT) == 0
    record_read(applicant_ids=[lan.pk], what="dossier:2", by=minh, at=AT + DAY, ground="Decree 118/2025")
    reads = queries.list_reads(lan.pk)
    assert [(row.what, row.account_id, row.post_code) for row in reads] == [
        ("dossier:2", minh.account_id, "P"),
        ("list:desk", minh.account_id, "P"),
    ]
    assert queries.list_reads(lan.pk, before_id=reads[0].pk) == reads[1:]
    assert [row.what for row in queries.list_reads(binh.pk)] == ["list:desk"]
    for change in ("UPDATE applicants_readrecord SET what = ''", "DELETE FROM applicants_readrecord"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert ReadRecord.objects.count() == 3


def test_names_are_found_without_accents_and_listed_in_vietnamese_order() -> None:
    for name, number in (("Lê Thị Ân", "022195000001"), ("Lê Thị An", "022195000002"), ("Lê Thị Ánh", "022195000003")):
        register_applicant(particulars=Particulars(ApplicantKind.CITIZEN, name, number), by=SYSTEM, at=AT)
    register_applicant(particulars=LAN, by=SYSTEM, at=AT)
    found = [row.name for row in queries.list_applicants_by_name("le thi")]
    assert found == ["Lê Thị An", "Lê Thị Ánh", "Lê Thị Ân"]
    with pytest.raises(NotFound):
        queries.get_applicant(0)
    with pytest.raises(Invalid):
        register_applicant(particulars=Particulars(ApplicantKind.CITIZEN, "X", "1"), by=SYSTEM, at=AT)
