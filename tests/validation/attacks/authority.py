"""An authority whose keys follow from their names, so that every certificate is the same in every run."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from onestop.trust.rules import cms
from onestop.trust.rules.trust_lists import Service

AT = datetime(2026, 2, 27, 9, 10, tzinfo=UTC)
BEGIN, END = datetime(2023, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
STAMPING = ExtendedKeyUsageOID.TIME_STAMPING
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@cache
def key_of(name: str) -> Any:
    """A P-256 key that follows from a name; names with `rsa-` have RSA keys of that many bits."""
    if name.startswith("rsa-"):
        return rsa.generate_private_key(65537, int(name.split("-")[1]))
    number = int.from_bytes(hashlib.sha256(name.encode()).digest(), "big") % (_ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def sign_with(key: Any, data: bytes, digest: Any = None) -> bytes:
    """A signature that is the same in every run."""
    from cryptography.hazmat.primitives.asymmetric import padding

    digest = digest or hashes.SHA256()
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), digest)
    return key.sign(data, ec.ECDSA(digest, deterministic_signing=True))


@dataclass(frozen=True)
class Holder:
    """A certificate with its key and the certificates above it, without the root."""

    key: Any
    certificate: x509.Certificate
    above: tuple[bytes, ...] = ()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def chain(self) -> tuple[bytes, ...]:
        return (self.der, *self.above)


@dataclass
class Authority:
    """A root; `believed()` is what a checker who trusts it knows."""

    name: str = "attack root"
    revoked: dict[int, tuple[datetime, x509.ReasonFlags]] = field(default_factory=dict)
    next_update: datetime = END
    last_update: datetime = BEGIN

    @property
    def root(self) -> Holder:
        return Holder(key_of(self.name), _certificate(self.name, self.name, None, {"ca": True}))

    def holder(self, name: str, **wish: Any) -> Holder:
        """A certificate from the root; see `_certificate` for what can be wished."""
        return Holder(key_of(wish.get("key", name)), _certificate(name, self.name, self.root, wish))

    def below(self, issuer: Holder, issuer_name: str, name: str, **wish: Any) -> Holder:
        """A certificate from somebody the root certified."""
        return Holder(key_of(name), _certificate(name, issuer_name, issuer, wish), (issuer.der,))

    def revoke(self, holder: Holder, at: datetime, reason: str = "key_compromise") -> None:
        self.revoked[holder.certificate.serial_number] = (at, x509.ReasonFlags[reason])

    def crl(self) -> bytes:
        builder = x509.CertificateRevocationListBuilder().issuer_name(_name(self.name))
        builder = builder.last_update(self.last_update).next_update(self.next_update)
        for serial, (at, reason) in self.revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
            builder = builder.add_revoked_certificate(entry.add_extension(x509.CRLReason(reason), False).build())
        made = builder.sign(self.root.key, hashes.SHA256(), ecdsa_deterministic=True)
        return made.public_bytes(serialization.Encoding.DER)

    def believed(self, services: tuple[Service, ...] = ()) -> "Believed":
        return Believed((self.root.der,), (self.crl(),), services)

    def stamp(self, digest: bytes, at: datetime = AT, by: Holder | None = None) -> bytes:
        """A time stamp over a SHA-256 digest."""
        by = by or self.stamper()
        info = cms.time_stamp_info(digest, at, 7)
        attributes = cms.signed_attributes(hashlib.sha256(info).digest(), by.der, cms.TST_INFO)
        return cms.signed_data(
            chain=by.chain,
            attributes=attributes,
            signature=sign_with(by.key, attributes),
            content=info,
            content_type=cms.TST_INFO,
        )

    def stamper(self, **wish: Any) -> Holder:
        return self.holder(wish.pop("name", "stamps"), **{"eku": STAMPING, **wish})


@dataclass(frozen=True)
class Believed:
    """Trust anchors of a test."""

    known: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()
    listed: tuple[Service, ...] = ()
    others: tuple[bytes, ...] = ()

    def roots(self) -> tuple[bytes, ...]:
        return self.known

    def intermediates(self) -> tuple[bytes, ...]:
        return self.others

    def crls(self) -> tuple[bytes, ...]:
        return self.lists

    def revocations(self) -> dict[tuple[bytes, int], datetime]:
        loaded = [x509.load_der_x509_crl(der) for der in self.lists]
        return {(crl.issuer.public_bytes(), e.serial_number): e.revocation_date_utc for crl in loaded for e in crl}

    def services(self) -> tuple[Service, ...]:
        return self.listed


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "attack samples"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _certificate(name: str, issuer: str, by: Holder | None, wish: dict[str, Any]) -> x509.Certificate:
    """`ca`, `usage` (key usages by name), `eku`, `begin`, `end`, `digest`, `path_length`, `key`."""
    key = key_of(wish.get("key", name)) if by else key_of(name)
    authority = wish.get("ca", False)
    usage = wish.get("usage", ("key_cert_sign", "crl_sign") if authority else ("digital_signature",))
    builder = x509.CertificateBuilder().subject_name(_name(name)).issuer_name(_name(issuer))
    builder = builder.public_key(key.public_key()).serial_number(_serial(name, wish))
    builder = builder.not_valid_before(wish.get("begin", BEGIN)).not_valid_after(wish.get("end", END))
    builder = builder.add_extension(x509.BasicConstraints(authority, wish.get("path_length")), True)
    builder = builder.add_extension(_usage(usage), True)
    if "eku" in wish:
        builder = builder.add_extension(x509.ExtendedKeyUsage([wish["eku"]]), wish.get("critical", True))
    signer = by.key if by else key
    digest = wish.get("digest", hashes.SHA256())
    if isinstance(signer, rsa.RSAPrivateKey):
        return builder.sign(signer, digest)
    return builder.sign(signer, digest, ecdsa_deterministic=True)


def _serial(name: str, wish: dict[str, Any]) -> int:
    told = repr((name, sorted((key, str(value)) for key, value in wish.items() if key != "digest")))
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big") >> 1


def _usage(uses: tuple[str, ...]) -> x509.KeyUsage:
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{name: name in uses for name in names})


def days(number: int) -> timedelta:
    return timedelta(days=number)
