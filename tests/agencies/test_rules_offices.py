"""Who may put which signature on whose paper."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.accounts.rules import Role
from onestop.agencies.rules import Branch, Period, UnitKind
from onestop.agencies.rules.mandates import Mandate
from onestop.agencies.rules.offices import OFFICES, Wish, find_signing_refusals
from onestop.trust.rules import SignatureRole

AT, ON = datetime(2026, 3, 2, 2, 0, tzinfo=UTC), date(2026, 3, 2)
HONG_GAI = Branch(1, "H49.21", UnitKind.COMMUNE, None)
HA_TU = Branch(2, "H49.22", UnitKind.COMMUNE, None)
DESK = Branch(3, "H49.21.01", UnitKind.DESK, 1)
HELD = Period(AT - timedelta(days=1), None)


def mandate(role: Role, agency: Branch = HONG_GAI, unit: Branch | None = None) -> Mandate:
    return Mandate(role.value, unit or agency, agency, HELD, True)


def refusals(role: SignatureRole, who: Mandate | None, agency: Branch = HONG_GAI) -> tuple[str, ...]:
    return find_signing_refusals(Wish(role, agency, AT, ON), who)


@pytest.mark.parametrize(
    ("signature", "post"),
    [
        (SignatureRole.INITIALS, Role.SPECIALIST),
        (SignatureRole.INITIALS, Role.DIVISION_HEAD),
        (SignatureRole.LEADER, Role.LEADER),
        (SignatureRole.ORGANISATION, Role.CLERK),
        (SignatureRole.COPY, Role.CLERK),
        (SignatureRole.SCAN, Role.ONE_STOP_OFFICER),
    ],
)
def test_each_signature_has_its_post(signature: SignatureRole, post: Role) -> None:
    assert refusals(signature, mandate(post)) == ()


@given(st.sampled_from(list(OFFICES)), st.sampled_from(list(Role)))
def test_every_other_post_is_refused(signature: SignatureRole, post: Role) -> None:
    expected = () if post in OFFICES[signature].posts else ("signing.wrong_post",)
    assert refusals(signature, mandate(post)) == expected


@given(st.sampled_from([SignatureRole.ORGANISATION, SignatureRole.COPY]), st.sampled_from(list(Role)))
def test_a_seal_is_put_by_the_clerk_of_that_very_agency_alone(signature: SignatureRole, post: Role) -> None:
    assert "signing.other_agency" in refusals(signature, mandate(post, HA_TU))
    assert (refusals(signature, mandate(post)) == ()) == (post is Role.CLERK)


def test_a_desk_scans_for_other_agencies() -> None:
    assert refusals(SignatureRole.SCAN, mandate(Role.ONE_STOP_OFFICER, HONG_GAI, DESK), HA_TU) == ()


def test_an_agency_that_was_merged_away_signs_nothing() -> None:
    gone = replace(HONG_GAI, valid_until=ON)
    assert refusals(SignatureRole.LEADER, mandate(Role.LEADER), gone) == ("signing.agency_ended",)
    assert refusals(SignatureRole.LEADER, mandate(Role.LEADER, gone), gone) == ("mandate.unit_ended",)


def test_all_reasons_at_once() -> None:
    ended = replace(mandate(Role.SPECIALIST, HA_TU), posting=Period(HELD.start, AT), is_active=False)
    assert refusals(SignatureRole.ORGANISATION, ended) == (
        "mandate.account_closed",
        "mandate.post_ended",
        "signing.wrong_post",
        "signing.other_agency",
    )


def test_without_anything_on_record() -> None:
    assert refusals(SignatureRole.LEADER, None) == ("mandate.none",)
    assert refusals(SignatureRole.RECEIPT, mandate(Role.LEADER)) == ("signing.by_system_only",)
