"""CMS signatures and RFC 3161 tokens: SHA-256, with ECDSA or RSA as the signer's certificate says.

Sources: RFC 5652 (CMS), RFC 5754 (SHA-256 in CMS), RFC 5035 (signing certificate, version 2), RFC
3161 (time stamps), ETSI EN 319 122-1 and EN 319 142-1 (CAdES and PAdES baseline: no signing time inside, the signing
certificate bound to the signature).
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from asn1crypto import cms, x509

from onestop.trust.rules import der
from onestop.trust.rules.fitting import is_rsa, longest_signature

DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = der.oid("1.2.840.113549.1.7.2")
TST_INFO = "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE = der.oid("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE_V2 = der.oid("1.2.840.113549.1.9.16.2.47")
TIME_STAMP_TOKEN = der.oid("1.2.840.113549.1.9.16.2.14")
SHA256 = der.sequence(der.oid("2.16.840.1.101.3.4.2.1"))
ECDSA_SHA256 = der.sequence(der.oid("1.2.840.10045.4.3.2"))
RSA_SHA256 = der.sequence(der.oid("1.2.840.113549.1.1.11"), der.NULL)
POLICY = der.oid("2.25.83941284731956201817354182091663240901")  # this software's local time-stamp policy
_SIGNED_DATA_PARTS = ("version", "digest_algorithms", "encap_content_info", "certificates", "crls")
_SIGNED_PARTS = ("version", "sid", "digest_algorithm", "signed_attrs", "signature_algorithm", "signature")
_OVERHEAD = 500  # all of a SignedData but certificates, signature and token


def signed_attributes(message_digest: bytes, certificate: bytes, content_type: str = DATA) -> bytes:
    """Return what is signed, as a SET OF: content type, digest of the content, hash of the signer's certificate.

    The signature is made over the SHA-256 of exactly these bytes.
    """
    return der.set_of(
        _attribute(CONTENT_TYPE, der.oid(content_type)),
        _attribute(MESSAGE_DIGEST, der.octets(message_digest)),
        _signing_certificate(certificate),
    )


def signed_data(
    *,
    chain: Sequence[bytes],
    attributes: bytes,
    signature: bytes,
    token: bytes = b"",
    content: bytes = b"",
    content_type: str = DATA,
) -> bytes:
    """Return a ContentInfo with one signer.

    `chain` has the signer's certificate first, `attributes` is what `signed_attributes` gave, `token` a time stamp
    over the signature; without `content` the signature is detached.
    """
    inside = der.explicit(0, der.octets(content)) if content else b""
    unsigned = der.explicit(1, _attribute(TIME_STAMP_TOKEN, token)) if token else b""
    signer = der.sequence(
        der.integer(1),
        _issuer_and_serial(chain[0]),
        SHA256,
        b"\xa0" + attributes[1:],
        RSA_SHA256 if is_rsa(chain[0]) else ECDSA_SHA256,
        der.octets(signature),
        unsigned,
    )
    body = der.sequence(
        der.integer(1 if content_type == DATA else 3),
        der.set_of(SHA256),
        der.sequence(der.oid(content_type), inside),
        der.explicit(0, *chain),
        der.set_of(signer),
    )
    return der.sequence(SIGNED_DATA, der.explicit(0, body))


def time_stamp_info(digest: bytes, at: datetime, serial: int, nonce: int | None = None) -> bytes:
    """Return a TSTInfo over a SHA-256 digest, accurate to a second."""
    return der.sequence(
        der.integer(1),
        POLICY,
        der.sequence(SHA256, der.octets(digest)),
        der.integer(serial),
        der.generalized_time(at),
        der.sequence(der.integer(1)),
        der.integer(nonce) if nonce is not None else b"",
    )


def size_limit(chain: Sequence[bytes], token_bytes: int) -> int:
    """Return the most bytes that `signed_data` takes with this chain and a token of at most so many bytes."""
    named = len(_issuer_and_serial(chain[0])) + longest_signature(chain[0])
    return _OVERHEAD + sum(map(len, chain)) + named + token_bytes


def with_token(signed: bytes, token: bytes) -> bytes:
    """Return a ContentInfo of one signer with a time stamp added to it; what was signed stays as it is."""
    content = cms.ContentInfo.load(signed)["content"]
    (signer,) = content["signer_infos"]
    kept = signer["unsigned_attrs"].contents or b""
    unsigned = der.explicit(1, kept, _attribute(TIME_STAMP_TOKEN, token))
    grown = der.sequence(*(signer[name].dump() for name in _SIGNED_PARTS), unsigned)
    body = der.sequence(*(content[name].dump() for name in _SIGNED_DATA_PARTS), der.set_of(grown))
    return der.sequence(SIGNED_DATA, der.explicit(0, body))


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der.sequence(kind, der.set_of(value))


def _signing_certificate(certificate: bytes) -> bytes:
    """ESSCertIDv2 with its default hash, SHA-256."""
    hashed = der.sequence(der.octets(hashlib.sha256(certificate).digest()))
    return _attribute(SIGNING_CERTIFICATE_V2, der.sequence(der.sequence(hashed)))


@lru_cache(maxsize=4096)
def _issuer_and_serial(certificate: bytes) -> bytes:
    parsed = x509.Certificate.load(certificate)
    return der.sequence(parsed.issuer.dump(), der.integer(parsed.serial_number))
