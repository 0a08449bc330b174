"""Names, DER, CMS: no database, no key files."""

import hashlib
from datetime import UTC, datetime

import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import core, tsp
from hypothesis import given
from hypothesis import strategies as st

from onestop.trust.rules import KeyKind, cms, der, is_key_name
from onestop.trust.rules.names import kind_of


@pytest.mark.parametrize("key", ["officer:12", "seal:H49.21", "seal:H49.21.03-x", "system:portal"])
def test_names_of_keys(key: str) -> None:
    assert is_key_name(key)


@pytest.mark.parametrize(
    "key", ["", "officer", "officer:", "officer:../x", "seal:a/b", "other:1", "officer:.x", "officer:1\n"]
)
def test_names_that_could_reach_another_file_are_none(key: str) -> None:
    assert not is_key_name(key)


def test_a_name_tells_the_kind() -> None:
    assert [kind_of(key) for key in ("officer:1", "seal:H49", "system:portal")] == list(KeyKind)


@given(st.integers(min_value=0, max_value=2**200))
def test_integers_read_back(value: int) -> None:
    assert core.Integer.load(der.integer(value), strict=True).native == value
    assert core.Integer(value).dump() == der.integer(value)


@given(st.lists(st.binary(max_size=400), max_size=5))
def test_sets_are_in_the_order_of_der(members: list[bytes]) -> None:
    class Octets(core.SetOf):
        _child_spec = core.OctetString

    written = der.set_of(*(der.octets(member) for member in members))
    assert Octets.load(written, strict=True).native == [m for _, m in sorted((der.octets(m), m) for m in members)]


@pytest.mark.parametrize(
    "dotted", ["1.2.840.113549.1.7.2", "2.16.840.1.101.3.4.2.1", "2.25.83941284731956201817354182091663240901"]
)
def test_object_identifiers_read_back(dotted: str) -> None:
    assert core.ObjectIdentifier.load(der.oid(dotted), strict=True).dotted == dotted


def test_time_stamp_info_reads_back() -> None:
    at = datetime(2026, 2, 27, 9, 10, 5, tzinfo=UTC)
    info = tsp.TSTInfo.load(cms.time_stamp_info(hashlib.sha256(b"x").digest(), at, 77, 5), strict=True)
    assert info["gen_time"].native == at
    assert info["serial_number"].native == 77
    assert info["nonce"].native == 5
    assert info["message_imprint"]["hashed_message"].native == hashlib.sha256(b"x").digest()


def test_a_cms_reads_back(leaf: bytes) -> None:
    attributes = cms.signed_attributes(b"d" * 32, leaf)
    found = asn1_cms.ContentInfo.load(cms.signed_data(chain=[leaf], attributes=attributes, signature=b"s"), strict=True)
    signer = found["content"]["signer_infos"][0]
    assert signer["signed_attrs"].untag().dump() == attributes
    assert signer["sid"].chosen["serial_number"].native > 0
    assert found["content"]["certificates"][0].chosen.dump() == leaf


@pytest.fixture
def leaf(house: object) -> bytes:
    from onestop.trust import ports
    from onestop.trust.ports import Subject
    from onestop.trust.rules.certificates import FIRST_VALID

    subject = Subject("officer:1", "Quang", "UBND", KeyKind.OFFICER, FIRST_VALID, FIRST_VALID.replace(year=2030))
    return ports.keys().enrol("officer:1", lambda key: ports.authority().issue(subject, key))[0]
