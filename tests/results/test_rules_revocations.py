"""The list of what was revoked: found by who holds a claim, telling nothing to who does not."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.results.rules.revocations import (
    ROW_BYTES,
    RevocationCause,
    Revoked,
    encode_list,
    find_in_list,
    find_refusals,
    name_of,
)

AT = datetime(2026, 4, 6, 3, 0, tzinfo=UTC)
MOMENTS = st.integers(0, 4_000_000_000).map(lambda at: datetime.fromtimestamp(at, UTC))
REVOKED = st.lists(
    st.builds(Revoked, st.binary(min_size=10, max_size=10), MOMENTS, st.sampled_from(RevocationCause)),
    unique_by=lambda one: one.claim_id,
    max_size=30,
)


@given(REVOKED, st.binary(min_size=10, max_size=10))
def test_every_claim_on_the_list_is_found_and_no_other(revoked: list[Revoked], other: bytes) -> None:
    payload = encode_list(revoked, AT)
    for one in revoked:
        assert find_in_list(payload, one.claim_id) == (one.at, one.cause)
    if other not in {one.claim_id for one in revoked}:
        assert find_in_list(payload, other) is None


@given(REVOKED)
def test_the_list_is_in_order_of_names_whatever_the_order_of_deeds(revoked: list[Revoked]) -> None:
    payload = encode_list(revoked, AT)
    assert payload == encode_list(reversed(revoked), AT)
    names = sorted(name_of(one.claim_id) for one in revoked)
    at = [payload.find(name) for name in names]
    assert at == sorted(at)
    assert len(payload) <= ROW_BYTES * len(revoked) + 20


def test_no_claim_stands_on_the_list_itself() -> None:
    claim = b"0123456789"
    assert claim[:8] not in encode_list([Revoked(claim, AT, RevocationCause.AT_REQUEST)], AT)


@pytest.mark.parametrize(
    ("reason", "ground", "is_revoked", "expected"),
    [
        ("Sai tên mẹ.", "123/2015/NĐ-CP Đ6", False, ()),
        (" ", "123/2015/NĐ-CP Đ6", False, ("revocation.without_reason",)),
        ("", "", False, ("revocation.without_reason", "revocation.without_ground")),
        ("x", "y", True, ("revocation.revoked_already",)),
    ],
)
def test_every_reason_against_it_is_named(
    reason: str, ground: str, is_revoked: bool, expected: tuple[str, ...]
) -> None:
    assert find_refusals(reason=reason, ground=ground, is_revoked=is_revoked) == expected
