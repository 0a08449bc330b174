"""Credentials: no name means two things, and the list of statuses says what it was told."""

import zlib
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.documents.rules.papers import SLIPS, TEMPLATES
from onestop.results.rules.credentials import (
    MOST_GUESSES,
    SMALLEST_LIST,
    Source,
    choose_claims,
    compose_credential,
    encode_statuses,
    find_code_fault,
    find_proof_fault,
)
from onestop.signatures.rules.sd_jwt import Disclosure

AT = datetime(2026, 4, 6, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("template", sorted(set(TEMPLATES) - SLIPS))
def test_no_name_of_a_paper_meets_one_of_the_token(template: str) -> None:
    shape = TEMPLATES[template].shape
    content = dict.fromkeys(shape.__required_keys__ | shape.__optional_keys__, "x") | {"on": "2026-04-06"}
    hidden = [Disclosure("salt", name, value) for name, value in choose_claims(content).items()]
    source = Source(template, "Giấy", content, "H49.26", "UBND", "https://example.vn", "https://example.vn/list", 7)
    said = compose_credential(source, disclosures=hidden, holder={"kty": "EC"}, at=AT)
    assert not {one.name for one in hidden} & (set(said) | {"exp", "nbf", "sub", "aud", "jti", "vct#integrity"})
    assert "signer" not in {one.name for one in hidden}
    assert len(said["_sd"]) == len(hidden) > 2
    assert said["_sd"] == sorted(said["_sd"])


@given(st.sets(st.integers(0, 5000), max_size=40), st.integers(0, 6000))
def test_the_list_says_of_each_index_what_it_was_told(revoked: set[int], more: int) -> None:
    count = max(revoked, default=0) + 1 + more
    bits = zlib.decompress(urlsafe_b64decode(encode_statuses(revoked, count) + "=="))
    assert len(bits) * 8 >= max(count, SMALLEST_LIST)
    assert {index for index in range(len(bits) * 8) if bits[index // 8] >> index % 8 & 1} == revoked


@pytest.mark.parametrize(
    ("failures", "age", "used", "fault"),
    [
        (0, 0, False, None),
        (MOST_GUESSES - 1, 14, False, None),
        (MOST_GUESSES, 0, False, "wallet.too_many_guesses"),
        (0, 15, False, "wallet.code_expired"),
        (0, 0, True, "wallet.code_used"),
    ],
)
def test_which_codes_may_be_redeemed(failures: int, age: int, used: bool, fault: str | None) -> None:
    expires_at = AT + timedelta(minutes=15 - age)
    assert find_code_fault(failures=failures, expires_at=expires_at, is_redeemed=used, at=AT) == fault


@pytest.mark.parametrize(
    ("audience", "seconds", "fault"),
    [
        ("https://example.vn", 0, None),
        ("https://example.vn", -300, None),
        ("https://example.vn", -600, "wallet.proof_old"),
        ("https://example.vn", 600, "wallet.proof_old"),
        ("https://example.vn/", 0, "wallet.proof_for_another"),
    ],
)
def test_which_proofs_are_taken(audience: str, seconds: int, fault: str | None) -> None:
    proved_at = AT + timedelta(seconds=seconds)
    assert find_proof_fault(audience=audience, issuer="https://example.vn", proved_at=proved_at, at=AT) == fault
