"""Whether a certificate may be signed with: by whom it names, what it was made for, and whether it holds then."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from onestop.validation.rules.policy import Holder, find_certificate_faults

BEGIN, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
AT = datetime(2026, 2, 27, 9, 10, tzinfo=UTC)
QUANG = Holder("officer:12", "Nguyễn Văn Quang")
P256 = ec.generate_private_key(ec.SECP256R1())


def make(*, uid: str = "officer:12", name: str = "Nguyễn Văn Quang", key: Any = P256, **more: Any) -> x509.Certificate:
    names = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    names += [x509.NameAttribute(NameOID.USER_ID, uid)] if uid else []
    builder = x509.CertificateBuilder(x509.Name(names), x509.Name(names), key.public_key(), 7, BEGIN, END)
    uses = {**dict.fromkeys(USES, False), **more.get("uses", {"digital_signature": True})}
    builder = builder.add_extension(x509.KeyUsage(**uses), critical=True)
    if purposes := more.get("purposes"):
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return builder.sign(key, hashes.SHA256())


USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def faults(certificate: x509.Certificate, holder: Holder = QUANG, at: datetime = AT, **more: Any) -> tuple[str, ...]:
    found = find_certificate_faults(certificate, holder=holder, at=at, revoked=more.pop("revoked", {}), **more)
    return tuple(code.removeprefix("certificate.") for code in found)


@pytest.mark.parametrize(
    "certificate",
    [
        make(),
        make(name="Tên đã đổi"),
        make(uid="officer:12.papers"),
        make(uid="CCCD:022090001234"),
        make(uid="", name="NGUYỄN  VĂN QUANG"),
        make(uses={"content_commitment": True}),
        make(purposes=[ExtendedKeyUsageOID.EMAIL_PROTECTION]),
        make(key=rsa.generate_private_key(65537, 2048)),
    ],
)
def test_what_may_be_signed_with(certificate: x509.Certificate) -> None:
    assert faults(certificate) == ()


@pytest.mark.parametrize(
    ("certificate", "codes"),
    [
        (make(uid="officer:13"), ("of_another",)),
        (make(uid="seal:H49.21"), ("of_another",)),
        (make(uid="", name="Trần Thị Thu"), ("of_another",)),
        (make(uid="CCCD:022090001234", name="Trần Thị Thu"), ("of_another",)),
        (make(uses={"key_encipherment": True}), ("wrong_usage",)),
        (make(uses={"digital_signature": True, "key_cert_sign": True}), ("wrong_usage",)),
        (make(purposes=[ExtendedKeyUsageOID.TIME_STAMPING]), ("wrong_usage",)),
        (make(purposes=[ExtendedKeyUsageOID.SERVER_AUTH]), ("wrong_usage",)),
        (make(key=rsa.generate_private_key(65537, 1024)), ("weak_key",)),
    ],
)
def test_each_reason(certificate: x509.Certificate, codes: tuple[str, ...]) -> None:
    assert faults(certificate) == codes


def test_it_holds_from_its_beginning_until_before_its_end() -> None:
    moments = {BEGIN - timedelta(seconds=1): ("not_yet_valid",), BEGIN: (), END: ("expired",)}
    assert {at: faults(make(), at=at) for at in moments} == moments


def test_a_revocation_counts_from_its_moment_on() -> None:
    certificate = make()
    revoked = {(certificate.issuer.public_bytes(), 7): AT}
    assert faults(certificate, revoked=revoked, at=AT - timedelta(seconds=1)) == ()
    assert faults(certificate, revoked=revoked) == ("revoked",)


def test_all_reasons_at_once() -> None:
    weak = rsa.generate_private_key(65537, 1024)
    certificate = make(uid="officer:13", key=weak, uses={"key_encipherment": True})
    revoked = {(certificate.issuer.public_bytes(), 7): AT}
    found = faults(certificate, revoked=revoked, at=END, chain_fault="certificate.untrusted")
    assert found == ("of_another", "wrong_usage", "weak_key", "untrusted", "expired", "revoked")


def test_a_seal_names_its_agency_not_another() -> None:
    seal = Holder("seal:H49.21", "Ủy ban nhân dân phường Hồng Gai")
    assert faults(make(uid="seal:H49.21", name=seal.name), seal) == ()
    assert faults(make(uid="seal:H49.22", name=seal.name), seal) == ("of_another",)
    assert faults(make(uid="MST:5700100", name=seal.name), seal) == ()
