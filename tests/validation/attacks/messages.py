"""CMS signatures as nobody should make them: every part can be wished away, doubled or replaced."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import algos, cms, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa

from onestop.trust.rules import cms as rules
from onestop.trust.rules import der
from tests.validation.attacks.authority import AT, Authority, Holder, sign_with

_DIGESTS: dict[str, Any] = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256()}


@dataclass(frozen=True)
class Wish:
    """How a signer is made; the default is a proper CAdES signer."""

    digest: str = "sha256"
    attributes: bool = True
    content_type: str = "data"
    named: bool = True
    names: bytes | None = None
    doubled: bool = False
    claims: datetime | None = AT
    stamp: bytes | None = None
    stamps: tuple[Authority, datetime, Holder | None] | None = None


def signer(by: Holder, content: bytes, wish: Wish = Wish()) -> cms.SignerInfo:
    """One signer over a content."""
    attributes = _attributes(by, content, wish)
    signed = attributes.dump() if attributes is not None else content
    signature = sign_with(by.key, signed, _DIGESTS[wish.digest])
    return signer_info(by, signature, attributes, wish)


def signer_info(by: Holder, signature: bytes, attributes: Any, wish: Wish) -> cms.SignerInfo:
    """A signer of given parts."""
    certificate = x509.Certificate.load(by.der)
    kind = "rsassa_pkcs1v15" if isinstance(by.key, rsa.RSAPrivateKey) else f"{wish.digest}_ecdsa"
    token = wish.stamp
    if wish.stamps:
        authority, at, stamper = wish.stamps
        token = authority.stamp(hashlib.sha256(signature).digest(), at, stamper)
    written = der.sequence(
        der.integer(1),
        der.sequence(certificate.issuer.dump(), der.integer(certificate.serial_number)),
        algos.DigestAlgorithm({"algorithm": wish.digest}).dump(),
        b"\xa0" + attributes.dump()[1:] if attributes is not None else b"",
        algos.SignedDigestAlgorithm({"algorithm": kind}).dump(),
        der.octets(signature),
        der.explicit(1, der.sequence(rules.TIME_STAMP_TOKEN, der.set_of(token))) if token else b"",
    )
    return cms.SignerInfo.load(written)


def _attributes(by: Holder, content: bytes, wish: Wish) -> cms.CMSAttributes | None:
    if not wish.attributes:
        return None
    digest = hashlib.new(wish.digest, content, usedforsecurity=False).digest()
    found = [
        cms.CMSAttribute({"type": "content_type", "values": [wish.content_type]}),
        cms.CMSAttribute({"type": "message_digest", "values": [digest]}),
    ]
    if wish.claims:
        found.append(cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": wish.claims})]}))
    if wish.doubled:
        found.append(cms.CMSAttribute({"type": "message_digest", "values": [bytes(32)]}))
    if wish.named:
        named = tsp.SigningCertificateV2({"certs": [{"cert_hash": hashlib.sha256(wish.names or by.der).digest()}]})
        found.append(cms.CMSAttribute({"type": "signing_certificate_v2", "values": [named]}))
    return cms.CMSAttributes.load(cms.CMSAttributes(found).dump())


def message(
    signers: list[cms.SignerInfo],
    chain: tuple[bytes, ...],
    content: bytes | None = None,
    *,
    content_type: str = "data",
) -> bytes:
    """A whole message; without content it is detached."""
    body = der.sequence(
        der.integer(1 if content_type == "data" else 3),
        der.set_of(*{info["digest_algorithm"].dump() for info in signers}),
        der.sequence(
            cms.ContentType(content_type).dump(), der.explicit(0, der.octets(content)) if content is not None else b""
        ),
        der.explicit(0, *dict.fromkeys(chain)) if chain else b"",
        der.set_of(*(info.dump() for info in signers)),
    )
    return der.sequence(rules.SIGNED_DATA, der.explicit(0, body))


def signed_message(by: Holder, content: bytes, wish: Wish = Wish(), *, attached: bool = True) -> bytes:
    """A message with one signer."""
    return message([signer(by, content, wish)], by.chain, content if attached else None)
