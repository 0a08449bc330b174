"""Whom a check believes: chains to the trust anchors and to listed services, and what is known of revocations."""

from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    ValidationError,
)

from onestop.trust.ports import TrustAnchors
from onestop.trust.rules.certificates import find_chain_fault
from onestop.trust.rules.trust_lists import ServiceKind, Standing, find_standing
from onestop.validation.rules.findings import Finding
from onestop.validation.rules.revocation import NOTHING_SAID, Revocation, Statements, find_revocation

_TICK = timedelta(seconds=1)
_STANDINGS = {
    Standing.GRANTED: None,
    Standing.WITHDRAWN: Finding.WITHDRAWN,
    Standing.OUTDATED: Finding.LIST_EXPIRED,
    Standing.ABSENT: Finding.UNTRUSTED,
}


@dataclass(frozen=True, slots=True)
class Chain:
    """A certificate's way to an anchor, the certificate itself first; empty if there is none, and why."""

    certificates: tuple[x509.Certificate, ...]
    fault: Finding | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom a check believes; `pool` and `statements` are what the checked file brings along, and prove themselves."""

    anchors: TrustAnchors
    pool: tuple[bytes, ...] = ()
    statements: Statements = NOTHING_SAID
    _chains: dict[Any, Chain] = field(default_factory=dict)

    def find_chain(self, der: bytes, moment: datetime, kind: ServiceKind) -> Chain:
        """Return the way to an anchor as it was at a moment; the certificate's own dates are left to the caller."""
        leaf = load(der)
        if leaf is None:
            return Chain((), Finding.NO_CERTIFICATE)
        moment = min(max(moment, leaf.not_valid_before_utc), leaf.not_valid_after_utc - _TICK)
        known = self._chains.get((der, moment, kind))
        if known is None:
            known = self._chains[der, moment, kind] = self._build(der, moment, kind)
        return known

    def _build(self, der: bytes, moment: datetime, kind: ServiceKind) -> Chain:
        parsed = _parse(der)
        if parsed is None:
            return Chain((), Finding.NO_CERTIFICATE)
        try:
            path = run(
                CertificateValidator(parsed, validation_context=self._context(moment, kind)).async_validate_path()
            )
        except PathBuildingError:
            return Chain((), Finding.UNTRUSTED)
        except DisallowedAlgorithmError:
            return Chain((), Finding.WEAK_CERTIFICATE)
        except (ExpiredError, NotYetValidError):
            return Chain((), Finding.AUTHORITY_EXPIRED)
        except ValidationError:
            return Chain((), Finding.CHAIN_BROKEN)
        except Exception:  # noqa: BLE001  a certificate that one library reads and the other does not
            return Chain((), Finding.NO_CERTIFICATE)
        found = tuple(load(one.dump()) for one in reversed(list(path.iter_certs(include_root=True))))
        whole = tuple(one for one in found if one)
        return Chain(whole, self._judge_anchor(whole[-1].public_bytes(Encoding.DER), moment, kind))

    def _judge_anchor(self, anchor: bytes, moment: datetime, kind: ServiceKind) -> Finding | None:
        if anchor in self.anchors.roots():
            return None
        return _STANDINGS[find_standing(self.anchors.services(), anchor, kind, moment)]

    def _context(self, moment: datetime, kind: ServiceKind) -> ValidationContext:
        """The library's context for one moment; nothing is ever fetched, revocations are looked at here."""
        services = tuple(service.certificate for service in self.anchors.services() if service.kind is kind)
        return ValidationContext(
            trust_roots=_parse_all((*self.anchors.roots(), *services)),
            other_certs=_parse_all((*self.anchors.intermediates(), *self.pool)),
            moment=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )

    def find_revocations(self, chain: Chain, moment: datetime) -> tuple[Revocation, ...]:
        """Return what is known of each certificate of a chain but the anchor, its own first."""
        statements = Statements((*self.anchors.crls(), *self.statements.crls), self.statements.answers)
        links = zip(chain.certificates, chain.certificates[1:], strict=False)
        return tuple(find_revocation(certificate, issuer, statements, moment) for certificate, issuer in links)

    def is_told(self, chain: Chain, moment: datetime) -> bool:
        """True if the file itself brings what is to be known of revocations in a chain."""
        links = list(zip(chain.certificates, chain.certificates[1:], strict=False))
        return bool(links) and all(find_revocation(one, by, self.statements, moment).known for one, by in links)

    def leads_nowhere(self, der: bytes) -> bool:
        """True if an enclosed certificate was issued by none of those at hand, itself apart."""
        certificate = load(der)
        if certificate is None:
            return True
        believed = (*self.anchors.roots(), *(service.certificate for service in self.anchors.services()))
        if der in believed or certificate.issuer == certificate.subject:
            return False
        others = _load_all((*believed, *self.anchors.intermediates(), *self.pool))
        return find_chain_fault(certificate, others, []) is not None


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run to its end in one step: nothing is fetched, so the library never waits."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    work.close()
    raise RuntimeError("checking waited for something")


@lru_cache(maxsize=1024)
def load(der: bytes) -> x509.Certificate | None:
    """Return a certificate, or None if it cannot be read."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        _ = certificate.extensions, certificate.subject, certificate.issuer, certificate.public_key()
    except Exception:  # noqa: BLE001  the parser of a foreign library on foreign bytes: unreadable is an answer
        return None
    return certificate


def _load_all(certificates: tuple[bytes, ...]) -> list[x509.Certificate]:
    return [one for der in certificates if (one := load(der))]


@lru_cache(maxsize=1024)
def _parse(der: bytes) -> Any:
    """As the other library wants it; only what `load` could read."""
    return asn1_x509.Certificate.load(der) if load(der) else None


def _parse_all(certificates: tuple[bytes, ...]) -> list[Any]:
    return [one for der in certificates if (one := _parse(der))]
