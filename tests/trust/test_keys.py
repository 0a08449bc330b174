"""Certificates on record: issued, renewed, revoked; and the journal's signatures made with them."""

import hashlib
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import pytest
from cryptography import x509

from onestop.errors import Invalid, NotFound, Refused, Unavailable
from onestop.journal import ports as journal_ports
from onestop.trust import operations, ports
from onestop.trust.models import Certificate
from onestop.trust.queries import certificates as queries
from onestop.trust.rules import KeyKind, RevocationReason

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 27, 9, 10, tzinfo=UTC)
DIGEST = hashlib.sha256(b"entry").digest()
ORGANISATION = "Ủy ban nhân dân phường Hồng Gai"


def _issue(key: str = "officer:12", name: str = "Nguyễn Văn Quang") -> Certificate:
    kind = KeyKind.OFFICER if key.startswith("officer") else KeyKind.ORGANISATION
    return operations.issue_key(key=key, common_name=name, organisation=ORGANISATION, kind=kind, at=AT)


def test_a_key_is_issued_once(house: Path) -> None:
    first = _issue()
    assert _issue() == first
    assert Certificate.objects.count() == 1
    found = x509.load_der_x509_certificate(bytes(first.der))
    assert found.subject.rfc4514_string() == (f"UID=officer:12,CN=Nguyễn Văn Quang,O={ORGANISATION},C=VN")
    assert first.valid_from < datetime(2023, 1, 2, tzinfo=UTC) < AT < first.valid_until


def test_names_that_cannot_be_used_are_all_named(house: Path) -> None:
    with pytest.raises(Invalid) as error:
        operations.issue_key(key="../x", common_name=" ", organisation="", kind=KeyKind.OFFICER, at=AT)
    assert [fault.code for fault in error.value.faults] == ["key.bad_name", "required"]
    with pytest.raises(Invalid) as error:
        operations.issue_key(key="seal:H49", common_name="UBND", organisation="", kind=KeyKind.OFFICER, at=AT)
    assert [fault.code for fault in error.value.faults] == ["key.kind_differs"]


def test_no_key_lies_in_the_open(house: Path) -> None:
    _issue()
    journal_ports.signer().sign("officer:12", DIGEST)
    ports.time_stamps().stamp(DIGEST, AT)
    private = [path for path in (house / "private").iterdir() if path.suffix == ".key"]
    assert len(private) == 4
    for path in private:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert b"BEGIN ENCRYPTED PRIVATE KEY" in path.read_bytes()
    assert stat.S_IMODE((house / "private").stat().st_mode) == 0o700
    assert not any(b"PRIVATE KEY" in path.read_bytes() for path in house.glob("*.*"))


def test_another_secret_opens_nothing(house: Path) -> None:
    from onestop.config.trust import plug_local_trust

    _issue()
    plug_local_trust(house, "another secret")
    with pytest.raises(Unavailable, match=r"key\.locked"):
        ports.keys().sign("officer:12", DIGEST)


def test_the_journal_signs_and_checks(house: Path) -> None:
    row = _issue()
    signed = journal_ports.signer().sign("officer:12", DIGEST)
    verify = journal_ports.signer().verify
    assert signed.certificate_id == row.id
    assert verify(row.id, DIGEST, signed.signature, AT) is None
    assert verify(row.id, hashlib.sha256(b"other").digest(), signed.signature, AT) == "signature.invalid"
    assert verify(row.id, DIGEST, b"nonsense", AT) == "signature.invalid"
    assert verify(row.id + 1, DIGEST, signed.signature, AT) == "certificate.unknown"
    assert verify(row.id, DIGEST, signed.signature, row.valid_until) == "certificate.expired"
    assert verify(row.id, DIGEST, signed.signature, datetime(2022, 1, 1, tzinfo=UTC)) == "certificate.not_yet_valid"


def test_a_signature_of_another_officer_does_not_pass(house: Path) -> None:
    mine, other = _issue(), _issue("officer:13", "Lê Thị Hoa")
    signed = journal_ports.signer().sign("officer:13", DIGEST)
    verify = journal_ports.signer().verify
    assert verify(other.id, DIGEST, signed.signature, AT) is None
    assert verify(mine.id, DIGEST, signed.signature, AT) == "signature.invalid"


def test_a_certificate_changed_in_the_database_is_unknown(house: Path) -> None:
    mine, other = _issue(), _issue("officer:13", "Lê Thị Hoa")
    signed = journal_ports.signer().sign("officer:13", DIGEST)
    Certificate.objects.filter(id=mine.id).update(der=bytes(other.der))
    assert journal_ports.signer().verify(mine.id, DIGEST, signed.signature, AT) == "certificate.unknown"


def test_a_certificate_of_a_foreign_authority_is_untrusted(house: Path, tmp_path: Path) -> None:
    from onestop.config.trust import plug_local_trust

    plug_local_trust(tmp_path / "foreign", "secret")
    foreign = _issue()
    signed = journal_ports.signer().sign("officer:12", DIGEST)
    plug_local_trust(house, "a secret of this test")
    ports.keys().enrol("officer:1", lambda key: ports.authority().issue(_subject("officer:1"), key))
    assert journal_ports.signer().verify(foreign.id, DIGEST, signed.signature, AT) == "certificate.untrusted"


def _subject(key: str) -> ports.Subject:
    return ports.Subject(key, "A", "B", KeyKind.OFFICER, AT, AT + timedelta(days=1))


def test_renewal_keeps_what_was_signed(house: Path) -> None:
    old = _issue()
    before = journal_ports.signer().sign("officer:12", DIGEST)
    new = operations.renew(key="officer:12", at=AT)
    after = journal_ports.signer().sign("officer:12", DIGEST)
    assert (before.certificate_id, after.certificate_id) == (old.id, new.id)
    assert new.id != old.id
    verify = journal_ports.signer().verify
    assert verify(old.id, DIGEST, before.signature, AT) is None
    assert verify(new.id, DIGEST, after.signature, AT) is None
    assert queries.find_current_certificate("officer:12") == new
    assert queries.list_certificates("officer:12") == [new, queries.get_certificate(old.id)]
    assert _issue() == new


def test_revocation_counts_from_its_moment(house: Path) -> None:
    row, other = _issue(), _issue("officer:13", "Lê Thị Hoa")
    signer = journal_ports.signer()
    signed = signer.sign("officer:12", DIGEST)
    assert signer.verify(row.id, DIGEST, signed.signature, AT + timedelta(days=2)) is None
    since = AT + timedelta(days=1)
    operations.revoke(certificate=row.id, at=since, reason=RevocationReason.KEY_COMPROMISE)
    operations.revoke(certificate=row.id, at=since + timedelta(days=9), reason=RevocationReason.SUPERSEDED)
    assert signer.verify(row.id, DIGEST, signed.signature, AT) is None
    assert signer.verify(row.id, DIGEST, signed.signature, since) == "certificate.revoked"
    with pytest.raises(Unavailable, match=r"key\.unknown"):
        signer.sign("officer:12", DIGEST)
    with pytest.raises(Refused, match=r"key\.revoked"):
        _issue()
    assert signer.verify(other.id, DIGEST, signer.sign("officer:13", DIGEST).signature, since) is None
    renewed = operations.renew(key="officer:12", at=since)
    assert signer.sign("officer:12", DIGEST).certificate_id == renewed.id


def test_unknown_keys_and_certificates_are_not_found(house: Path) -> None:
    with pytest.raises(NotFound):
        operations.renew(key="officer:99", at=AT)
    with pytest.raises(NotFound):
        operations.revoke(certificate=1, at=AT, reason=RevocationReason.SUPERSEDED)
    with pytest.raises(NotFound):
        queries.get_certificate(1)


def test_a_key_whose_row_was_rolled_back_is_adopted(house: Path) -> None:
    first = _issue()
    Certificate.objects.all().delete()
    assert _issue().id == first.id
    Certificate.objects.all().delete()
    assert _issue(name="Trần Thị Thu").id != first.id


def test_expiring_certificates_are_found(house: Path) -> None:
    row = _issue()
    assert queries.list_expiring(row.valid_until) == []
    assert queries.list_expiring(row.valid_until + timedelta(days=1)) == [row]


def test_signing_needs_no_query(house: Path, django_assert_num_queries: object) -> None:
    _issue()
    with django_assert_num_queries(0):  # type: ignore[operator]
        journal_ports.signer().sign("officer:12", DIGEST)


def test_issuing_is_quick(house: Path) -> None:
    begun, cpu = perf_counter(), process_time()
    for number in range(50):
        _issue(f"officer:{number}")
    assert process_time() - cpu < 2, perf_counter() - begun
