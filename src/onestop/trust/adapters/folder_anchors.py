"""Trust anchors and revocation lists in a folder: `*.pem` certificates, `*.crl` lists (DER or PEM)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from onestop.trust.adapters import files
from onestop.trust.rules.certificates import Revocations, is_authority
from onestop.trust.rules.trust_lists import Service

State = tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Anchors:
    """What was read, and the state of the files then."""

    state: State
    paths: tuple[Path, ...]
    roots: tuple[bytes, ...]
    intermediates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    revocations: Revocations


class FolderAnchors:
    """Believes the self-signed authorities in a folder or in single files; reads again only what has changed."""

    def __init__(self, *places: Path) -> None:
        self._places = places
        self._read: Anchors | None = None

    def roots(self) -> tuple[bytes, ...]:
        """Return the self-signed certificates."""
        return self._anchors().roots

    def intermediates(self) -> tuple[bytes, ...]:
        """Return the other issuing certificates."""
        return self._anchors().intermediates

    def crls(self) -> tuple[bytes, ...]:
        """Return the lists whose signature holds."""
        return self._anchors().crls

    def revocations(self) -> Revocations:
        """Return every revocation on those lists."""
        return self._anchors().revocations

    def services(self) -> tuple[Service, ...]:
        """Return none: a folder holds certificates, trust lists are another adapter's."""
        return ()

    def _anchors(self) -> Anchors:
        kept = self._read
        if kept is None or kept.state != _state((*self._places, *kept.paths)):
            kept = self._read = _read(self._places)
        return kept


def _state(paths: Sequence[Path]) -> State:
    return tuple(files.state(path) for path in paths)


def _read(places: tuple[Path, ...]) -> Anchors:
    paths = tuple(path for place in places for path in (sorted(place.glob("*")) if place.is_dir() else [place]))
    state = _state((*places, *paths))
    certificates = [c for path in paths if path.suffix not in (".crl", ".key") for c in _certificates(path)]
    issuers = [c for c in certificates if is_authority(c)]
    crls = [crl for path in paths if path.suffix == ".crl" for crl in [_crl(path.read_bytes())] if _holds(crl, issuers)]
    return Anchors(
        state,
        paths,
        tuple(c.public_bytes(Encoding.DER) for c in issuers if c.issuer == c.subject),
        tuple(c.public_bytes(Encoding.DER) for c in issuers if c.issuer != c.subject),
        tuple(crl.public_bytes(Encoding.DER) for crl in crls),
        _revocations(crls),
    )


def _certificates(path: Path) -> list[x509.Certificate]:
    if not path.is_file():
        return []
    data = path.read_bytes()
    if b"-----BEGIN CERTIFICATE-----" in data:
        return x509.load_pem_x509_certificates(data)
    return [x509.load_der_x509_certificate(data)] if path.suffix in (".cer", ".crt", ".der") else []


def _crl(data: bytes) -> x509.CertificateRevocationList:
    return x509.load_pem_x509_crl(data) if data.startswith(b"-----") else x509.load_der_x509_crl(data)


def _holds(crl: x509.CertificateRevocationList, issuers: list[x509.Certificate]) -> bool:
    signers = (c.public_key() for c in issuers if c.subject == crl.issuer)
    return any(crl.is_signature_valid(key) for key in signers)  # type: ignore[arg-type]


def _revocations(crls: list[x509.CertificateRevocationList]) -> dict[tuple[bytes, int], datetime]:
    return {(crl.issuer.public_bytes(), e.serial_number): e.revocation_date_utc for crl in crls for e in crl}
