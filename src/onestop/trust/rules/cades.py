"""Signatures over the signed attributes of CMS, so that a bare signature and its certificate make a whole `.p7s`.

What is signed is not a digest itself but the SHA-256 of three attributes: content type, the digest, and the hash of
the signer's certificate. All but the digest follows from the certificate. So the bare signature alone is kept, and
whoever has content and certificate can put the whole CAdES baseline signature together (ETSI EN 319 122-1).
"""

import hashlib
from functools import lru_cache

from onestop.trust.rules import cms

_PROBE = bytes(range(0x40, 0x60))  # 32 bytes found nowhere else in the attributes of any certificate


def attributes_digest(digest: bytes, certificate: bytes) -> bytes:
    """Return what a key must sign for a CAdES signature over content with this SHA-256."""
    before, after = _frame(certificate)
    return hashlib.sha256(before + digest + after).digest()


@lru_cache(maxsize=4096)
def _frame(certificate: bytes) -> tuple[bytes, bytes]:
    """What stands before and after the digest: the same for every signature with a certificate."""
    before, found, after = cms.signed_attributes(_PROBE, certificate).partition(_PROBE)
    assert found
    return before, after
