"""What it takes to check certificates later: every issuer up to the root, and every issuer's list of revocations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography import x509

from onestop.trust.rules.certificates import is_authority, issued
from onestop.trust.rules.fitting import load


@dataclass(frozen=True, slots=True)
class Proofs:
    """Certificates and revocation lists (DER), and what is missing, by the name of the issuer."""

    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    unknown: tuple[str, ...]  # issuers whose certificate is not at hand
    without_list: tuple[str, ...]  # issuers of whose revocations no list is at hand


def gather(
    certificates: Sequence[bytes],
    *,
    roots: tuple[bytes, ...],
    intermediates: tuple[bytes, ...],
    crls: tuple[bytes, ...],
    at: datetime,
) -> Proofs:
    """Return all that a check of these certificates will need; of several lists of one issuer the newest by `at`."""
    found, unknown = dict.fromkeys(certificates), []
    waiting = list(certificates)
    while waiting:
        der = waiting.pop()
        issuer = find_issuer(der, (*intermediates, *certificates, *roots))
        if issuer is None:
            unknown.append(load(der).issuer.rfc4514_string())
        elif issuer not in found:
            found[issuer] = None
            waiting.append(issuer)
    issuers = dict.fromkeys(load(der).issuer.public_bytes() for der in found if der not in roots)
    lists = _newest(crls, at)
    missing = [load(der) for der in found if der not in roots and load(der).issuer.public_bytes() not in lists]
    return Proofs(
        tuple(found),
        tuple(lists[name] for name in issuers if name in lists),
        tuple(unknown),
        tuple(dict.fromkeys(one.issuer.rfc4514_string() for one in missing)),
    )


@lru_cache(maxsize=4096)
def find_issuer(certificate: bytes, candidates: tuple[bytes, ...]) -> bytes | None:
    """Return the certificate among `candidates` that issued this one (a root itself), or None."""
    parsed = load(certificate)
    fitting = (der for der in candidates if load(der).subject == parsed.issuer and is_authority(load(der)))
    return next((der for der in fitting if issued(parsed, load(der))), None)


@lru_cache(maxsize=16)
def _parsed(crls: tuple[bytes, ...]) -> list[tuple[bytes, datetime, bytes]]:
    parsed = ((der, x509.load_der_x509_crl(der)) for der in crls)
    return [(der, crl.last_update_utc, crl.issuer.public_bytes()) for der, crl in parsed]


def _newest(crls: tuple[bytes, ...], at: datetime) -> dict[bytes, bytes]:
    """Return the newest list of each issuer made by `at`, else the first one made afterwards."""
    ordered = sorted(_parsed(crls), key=lambda one: (one[1] <= at, one[1] if one[1] <= at else at - (one[1] - at)))
    return {issuer: der for der, _, issuer in ordered}
