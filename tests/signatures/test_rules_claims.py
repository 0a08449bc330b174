"""Claims and messages as bytes: what was said comes back, and nothing else is taken for it."""

import hashlib
from datetime import UTC, datetime

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from onestop.signatures.rules.claims import (
    Claim,
    decode_claim,
    encode_claim,
    fit,
    from_digits,
    room_behind,
    to_digits,
)
from onestop.trust.rules import cose

KEY = ec.generate_private_key(ec.SECP256R1())
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)
CLAIMS = st.builds(
    Claim,
    issuer=st.from_regex(r"H[0-9]{2}\.[0-9]{2}", fullmatch=True),
    issued_at=st.integers(0, 4_000_000_000).map(lambda at: datetime.fromtimestamp(at, UTC)),
    claim_id=st.binary(min_size=10, max_size=10),
    number=st.text("0123456789/KSUBND", min_size=1, max_size=20),
    title=TEXTS,
    dossier_code=st.just("H49.26.01-260310-0001"),
    fields=st.dictionaries(st.integers(1, 30), TEXTS, max_size=8).map(lambda found: tuple(sorted(found.items()))),
)


def message(claim: Claim) -> bytes:
    protected, payload = cose.protected_header(b"12345678"), encode_claim(claim)
    der = KEY.sign(cose.to_be_signed(protected, payload), ec.ECDSA(hashes.SHA256()))
    return cose.assemble(protected, payload, cose.raw_signature(der))


@given(CLAIMS)
def test_a_claim_comes_back_as_it_was_said(claim: Claim) -> None:
    assert decode_claim(encode_claim(claim)) == claim


@given(CLAIMS)
def test_digits_bring_the_message_back_whole(claim: Claim) -> None:
    made = message(claim)
    digits = to_digits(made)
    assert digits.isdigit()
    assert from_digits(digits) == from_digits(f"https://example.vn/xac-minh/#{digits} \n") == made
    taken = cose.parse(made)
    KEY.public_key().verify(cose.der_signature(taken.signature), taken.signed, ec.ECDSA(hashes.SHA256()))
    assert decode_claim(taken.payload) == claim


@given(CLAIMS, st.integers(150, 320))
def test_what_does_not_fit_is_left_out_from_the_end(claim: Claim, room: int) -> None:
    fitted = fit(claim, room)
    assert claim.fields[: len(fitted.fields)] == fitted.fields
    assert len(message(fitted)) <= room or len(fitted.title) <= 1
    assert fitted.title == claim.title or (not fitted.fields and fitted.title.endswith("…"))
    if len(message(claim)) <= room:
        assert fitted == claim


def test_a_longer_address_leaves_less_room() -> None:
    assert room_behind("https://dichvucong.quangninh.gov.vn/xac-minh/#") == 313
    assert room_behind("https://example.vn/xac-minh/#") > room_behind("https://dichvucong.example.vn/xac-minh/#")


@given(st.binary(max_size=300))
def test_bytes_from_anywhere_are_no_message(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"message|canonically"):
        cose.parse(data)


@given(CLAIMS, st.data())
def test_a_changed_byte_is_seen(claim: Claim, data: st.DataObject) -> None:
    made = bytearray(message(claim))
    made[data.draw(st.integers(0, len(made) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        taken = cose.parse(bytes(made))
    except ValueError:
        return
    if taken.key_id != b"12345678":
        return  # another key is asked for, and that one does not know the signature
    with pytest.raises(Exception, match=r"^$"):
        KEY.public_key().verify(cose.der_signature(taken.signature), taken.signed, ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize(
    "value",
    [
        cbor2.CBORTag(17, [b"", {}, b"", bytes(64)]),
        cbor2.CBORTag(18, [cose.encode({1: -7}), {}, b"x", bytes(64)]),
        cbor2.CBORTag(18, [cose.encode({1: -35, 4: b"12345678"}), {}, b"x", bytes(64)]),
        cbor2.CBORTag(18, [cose.encode({1: -7, 4: b"12345678"}), {4: b"other"}, b"x", bytes(64)]),
        cbor2.CBORTag(18, [cose.encode({1: -7, 4: b"12345678"}), {}, None, bytes(64)]),
        cbor2.CBORTag(18, [cose.encode({1: -7, 4: b"12345678"}), {}, b"x", bytes(63)]),
        [1, 2, 3],
    ],
)
def test_another_kind_of_message_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not a signed message"):
        cose.parse(cose.encode(value))


def test_nothing_may_follow_a_message() -> None:
    made = cose.assemble(cose.protected_header(b"12345678"), b"x", bytes(64))
    cose.parse(made)
    with pytest.raises(ValueError, match=r"canonically|not a signed message"):
        cose.parse(made + b"\x00")


@pytest.mark.parametrize("payload", [b"", b"\x00", cose.encode({1: "H49"}), cose.encode([1]), cose.encode({-70001: 3})])
def test_what_says_too_little_is_no_claim(payload: bytes) -> None:
    with pytest.raises(ValueError, match="not a claim"):
        decode_claim(payload)


@pytest.mark.parametrize("text", ["", "#", "abc", "12a", "#-3", "１２", "9" * 5000])
def test_what_is_not_digits_is_no_claim(text: str) -> None:
    with pytest.raises(ValueError, match="not a claim"):
        from_digits(text)


def test_the_key_is_named_by_its_certificate() -> None:
    assert cose.key_id(b"certificate") == hashlib.sha256(b"certificate").digest()[:8]
