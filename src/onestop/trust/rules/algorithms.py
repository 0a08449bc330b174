"""How keys sign here: ECDSA on P-256, or RSA with PKCS#1 v1.5 padding, always over a SHA-256 digest.

Sources: FIPS 186-5 (ECDSA), RFC 8017, 8.2 and 9.2 (RSASSA-PKCS1-v1_5, DigestInfo), RFC 5480 and RFC 3279 (how keys
and ECDSA signatures are encoded); RSA below 2048 bits is too weak to sign with (ETSI TS 119 312).
"""

from enum import StrEnum
from typing import TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey: TypeAlias = ec.EllipticCurvePublicKey | rsa.RSAPublicKey

PREHASHED = utils.Prehashed(hashes.SHA256())
ECDSA = ec.ECDSA(PREHASHED)
PKCS1 = padding.PKCS1v15()
_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
_MIN_RSA_BITS = 2048
_MAX_ECDSA_BYTES = 72


class Algorithm(StrEnum):
    """The kinds of keys that are made here."""

    EC_P256 = "ec-p256"
    RSA_2048 = "rsa-2048"
    RSA_3072 = "rsa-3072"

    @property
    def bits(self) -> int:
        """The size of the key."""
        return int(self.value.rpartition("-")[2].removeprefix("p"))


def usable(key: object) -> PublicKey | None:
    """Return a public key that may sign here, else None: P-256, or RSA of 2048 bits and more."""
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key if isinstance(key.curve, ec.SECP256R1) else None
    return key if isinstance(key, rsa.RSAPublicKey) and key.key_size >= _MIN_RSA_BITS else None


def sign_digest(key: PrivateKey, digest: bytes) -> bytes:
    """Sign a 32-byte digest: ECDSA in DER, or RSA over its DigestInfo."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(digest, ECDSA)
    return key.sign(digest, PKCS1, PREHASHED)


def fits(key: PublicKey, digest: bytes, signature: bytes) -> bool:
    """True if the signature over the digest was made with the private key that belongs to `key`."""
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, digest, ECDSA)
        else:
            key.verify(signature, digest, PKCS1, PREHASHED)
    except (InvalidSignature, ValueError):
        return False
    return True


def max_signature_bytes(key: PublicKey) -> int:
    """Return the most bytes that a signature of this key takes."""
    return _MAX_ECDSA_BYTES if isinstance(key, ec.EllipticCurvePublicKey) else (key.key_size + 7) // 8


def digest_info(digest: bytes) -> bytes:
    """Return the DigestInfo (DER) of a SHA-256 digest: what a token pads and signs with RSA."""
    return _DIGEST_INFO + digest


def ecdsa_der(plain: bytes) -> bytes:
    """Return an ECDSA signature in DER, of one as tokens give it: r and s, each half of the bytes."""
    half = len(plain) // 2
    return utils.encode_dss_signature(int.from_bytes(plain[:half]), int.from_bytes(plain[half:]))
