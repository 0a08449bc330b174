"""A certification authority in a folder, for trying out and for tests: root, issuing authority, revocation lists.

It is no substitute for a licensed one: nobody's identity is checked, and the root key lies beside the others.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from onestop.errors import Unavailable
from onestop.trust.adapters import files
from onestop.trust.adapters.file_keys import open_bundle, passphrase, pem, seal_bundle
from onestop.trust.ports import Subject
from onestop.trust.rules.algorithms import PrivateKey, PublicKey, usable
from onestop.trust.rules.certificates import FIRST_VALID
from onestop.trust.rules.names import RevocationReason

ORGANISATION = "onestop - chứng thực thử nghiệm"
LAST_VALID = FIRST_VALID.replace(year=2048)
_COMMON_NAME_LIMIT = 64  # X.520 ub-common-name
_REASONS = {reason: x509.ReasonFlags[reason.value] for reason in RevocationReason}


@dataclass(frozen=True, slots=True)
class Issuer:
    """A loaded authority: its private key and its certificate."""

    private_key: PrivateKey
    certificate: x509.Certificate


class LocalAuthority:
    """Root and issuing authority in `folder`; made at the first need, by whichever process comes first."""

    def __init__(self, folder: Path, secret: str) -> None:
        self._public = folder
        self._private = folder / "private"
        self._secret = secret
        self._issuing: Issuer | None = None

    @cached_property
    def _passphrase(self) -> bytes:
        return passphrase(self._secret)

    def issue(self, subject: Subject, public_key: bytes) -> tuple[bytes, ...]:
        """Certify a key for signing documents."""
        key_usage = _key_usage(digital_signature=True, content_commitment=True)
        return self._certify(subject, public_key, [(key_usage, True)])

    def issue_time_stamping(self, subject: Subject, public_key: bytes) -> tuple[bytes, ...]:
        """Certify a key for time stamps and nothing else (RFC 3161, 2.3)."""
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        return self._certify(subject, public_key, [(_key_usage(digital_signature=True), True), (purpose, True)])

    def revoke(self, serial: int, at: datetime, reason: RevocationReason) -> None:
        """Add the serial to the issuing authority's list."""
        issuer = self._issuer()
        path = self._public / "issuing.crl"
        with files.locked(self._private):
            old = x509.load_der_x509_crl(path.read_bytes())
            if old.get_revoked_certificate_by_serial_number(serial):
                return
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
            entry = entry.add_extension(x509.CRLReason(_REASONS[reason]), critical=False)
            files.write(
                path, _crl(issuer, max(at, old.last_update_utc), [*old, entry.build()], _number(old) + 1), 0o644
            )

    def prepare(self) -> None:
        """Make the authority if there is none yet."""
        self._issuer()

    def _certify(
        self, subject: Subject, public_key: bytes, extensions: list[tuple[x509.ExtensionType, bool]]
    ) -> tuple[bytes, ...]:
        issuer = self._issuer()
        key = usable(serialization.load_der_public_key(public_key))
        if key is None:
            raise Unavailable("authority.key_type")
        builder = _builder(_name(subject), issuer.certificate.subject, key, subject.valid_from, subject.valid_until)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        certificate = _sign(builder, key, issuer)
        return (_der(certificate), _der(issuer.certificate))

    def _issuer(self) -> Issuer:
        if self._issuing is None:
            with files.locked(self._private):
                if not (self._public / "issuing.pem").exists():
                    self._found()
            self._issuing = self._load("authority_issuing")
        return self._issuing

    def _load(self, name: str) -> Issuer:
        private_key, chain = open_bundle((self._private / f"{name}.key").read_bytes(), self._passphrase, name)
        return Issuer(private_key, x509.load_der_x509_certificate(chain[0]))

    def _found(self) -> None:
        """Make root and issuing authority; the last file written is the one looked for."""
        root = _make_authority("onestop - gốc thử nghiệm", 1, None)
        issuing = _make_authority("onestop - cấp phát thử nghiệm", 0, root)
        for name, made in (("authority_root", root), ("authority_issuing", issuing)):
            bundle = seal_bundle(made.private_key, (_der(made.certificate),), self._passphrase)
            files.write(self._private / f"{name}.key", bundle)
        files.write(self._public / "root.crl", _crl(root, FIRST_VALID, [], 1), 0o644)
        files.write(self._public / "issuing.crl", _crl(issuing, FIRST_VALID, [], 1), 0o644)
        files.write(self._public / "root.pem", pem(_der(root.certificate)), 0o644)
        files.write(self._public / "issuing.pem", pem(_der(issuing.certificate)), 0o644)


def _make_authority(common_name: str, path_length: int, parent: Issuer | None) -> Issuer:
    private_key = ec.generate_private_key(ec.SECP256R1())
    public_key = private_key.public_key()
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )
    issuer_name = parent.certificate.subject if parent else name
    builder = _builder(name, issuer_name, public_key, FIRST_VALID, LAST_VALID)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
    builder = builder.add_extension(_key_usage(key_cert_sign=True, crl_sign=True), critical=True)
    if parent:
        return Issuer(private_key, _sign(builder, public_key, parent))
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    return Issuer(private_key, builder.sign(private_key, hashes.SHA256()))


def _builder(
    name: x509.Name, issuer: x509.Name, key: PublicKey, valid_from: datetime, valid_until: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(valid_from).not_valid_after(min(valid_until, LAST_VALID))


def _sign(builder: x509.CertificateBuilder, key: PublicKey, issuer: Issuer) -> x509.Certificate:
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.certificate.public_key())  # type: ignore[arg-type]
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    return builder.add_extension(issuer_key, critical=False).sign(issuer.private_key, hashes.SHA256())


def _crl(issuer: Issuer, at: datetime, revoked: list[x509.RevokedCertificate], number: int) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(at).next_update(LAST_VALID - timedelta(days=1))
    for entry in revoked:
        builder = builder.add_revoked_certificate(entry)
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.private_key.public_key())
    builder = builder.add_extension(issuer_key, critical=False)
    builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    return builder.sign(issuer.private_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _number(crl: x509.CertificateRevocationList) -> int:
    return crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def _name(subject: Subject) -> x509.Name:
    """Country, organisation, name, and the key's own name, which tells namesakes apart."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, subject.organisation or ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, subject.common_name[:_COMMON_NAME_LIMIT]),
            x509.NameAttribute(NameOID.USER_ID, subject.key),
        ]
    )


def _key_usage(**uses: bool) -> x509.KeyUsage:
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{name: uses.get(name, False) for name in names})


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
