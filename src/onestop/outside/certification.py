"""A certification authority of a stand-in's own: a root in its folder, certificates for what it serves with.

`public/` holds what whoever believes it needs (root and revocation list), `private/` the root's key, for its owner.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey: TypeAlias = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
Extension: TypeAlias = tuple[x509.ExtensionType, bool]
ALGORITHMS = ("ec-p256", "rsa-2048", "rsa-3072")
_FIRST_VALID = datetime(2020, 1, 1, tzinfo=UTC)  # what is tried out may play on days long past
_ROOT_DAYS, _LEAF_DAYS, _LIST_DAYS = 7300, 1825, 30


def make_key(algorithm: str) -> PrivateKey:
    """Return a new private key of one of `ALGORITHMS`."""
    if algorithm == "ec-p256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, int(algorithm.removeprefix("rsa-")))


@dataclass(frozen=True)
class Certification:
    """A root that certifies directly; `certificate` is trusted by whoever is given it."""

    folder: Path
    private_key: PrivateKey
    certificate: x509.Certificate

    def certify(
        self, key: PublicKey, name: x509.Name, *extensions: Extension, list_url: str = "", days: int = _LEAF_DAYS
    ) -> x509.Certificate:
        """Certify a key from now on; `list_url` is where the revocation list can be had."""
        builder = _builder(name, self.certificate.subject, key, days)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.private_key.public_key())
        builder = builder.add_extension(issuer, critical=False)
        if list_url:
            places = [x509.DistributionPoint([x509.UniformResourceIdentifier(list_url)], None, None, None)]
            builder = builder.add_extension(x509.CRLDistributionPoints(places), critical=False)
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return builder.sign(self.private_key, hashes.SHA256())

    def revocation_list(self, revoked: dict[int, datetime] | None = None) -> bytes:
        """Return a list (DER) as of now: serial number → since when."""
        now = datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        builder = builder.last_update(now - timedelta(minutes=1)).next_update(now + timedelta(days=_LIST_DAYS))
        for serial, since in (revoked or {}).items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
            builder = builder.add_revoked_certificate(entry.build())
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.private_key.public_key())
        builder = builder.add_extension(issuer, critical=False)
        builder = builder.add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        return builder.sign(self.private_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def open_certification(folder: Path, common_name: str, file_name: str = "root") -> Certification:
    """Return the authority kept in `folder`, founded if there is none; its list is published anew."""
    key_file = folder / "private" / f"{file_name}.key"
    certificate_file = folder / "public" / f"{file_name}.pem"
    if not certificate_file.exists():
        _found(key_file, certificate_file, common_name)
    private_key = serialization.load_pem_private_key(key_file.read_bytes(), None)
    assert isinstance(private_key, ec.EllipticCurvePrivateKey)
    made = Certification(folder, private_key, x509.load_pem_x509_certificate(certificate_file.read_bytes()))
    write(folder / "public" / f"{file_name}.crl", made.revocation_list(), 0o644)
    return made


def person(common_name: str, organisation: str = "", **more: str) -> x509.Name:
    """Return a subject's name; `more` are attributes by their OID's name, e.g. `USER_ID`."""
    attributes = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if organisation:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    attributes.append(x509.NameAttribute(NameOID.COMMON_NAME, common_name))
    attributes += [x509.NameAttribute(getattr(NameOID, oid), value) for oid, value in more.items()]
    return x509.Name(attributes)


def usage(**uses: bool) -> Extension:
    """Return a key usage with only these uses."""
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{name: uses.get(name, False) for name in names}), True


def pem_key(key: PrivateKey) -> bytes:
    """Return a private key as PEM, as it lies in the stand-in's own folder."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file whole, its folder private to its owner."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(data)
    draft.replace(path)


def _found(key_file: Path, certificate_file: Path, common_name: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = person(common_name, "Thế giới bên ngoài (giả lập)")
    builder = _builder(name, name, key.public_key(), _ROOT_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    extension, critical = usage(key_cert_sign=True, crl_sign=True)
    builder = builder.add_extension(extension, critical)
    write(key_file, pem_key(key))
    write(certificate_file, builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM), 0o644)


def _builder(name: x509.Name, issuer: x509.Name, key: PublicKey, days: int) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(_FIRST_VALID).not_valid_after(datetime.now(UTC) + timedelta(days=days))
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
