"""Whether a signature over a SHA-256 digest was made with the key of a certificate: ECDSA, or RSA (PKCS #1 v1.5)."""

from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

_HASHED = utils.Prehashed(hashes.SHA256())
_ECDSA = ec.ECDSA(_HASHED)
_PKCS1 = padding.PKCS1v15()
_LARGEST_ECDSA = 139  # two numbers of 521 bits in DER


def fits(certificate: bytes, digest: bytes, signature: bytes) -> bool:
    """True if the signature (ECDSA in DER, or raw RSA) over this digest was made with the certificate's key."""
    key = load(certificate).public_key()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, digest, _ECDSA)
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, digest, _PKCS1, _HASHED)
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True


def is_rsa(certificate: bytes) -> bool:
    """True if the certificate's key is an RSA key; else it is one of an elliptic curve."""
    return isinstance(load(certificate).public_key(), rsa.RSAPublicKey)


def longest_signature(certificate: bytes) -> int:
    """Return the most bytes that a signature with the certificate's key takes."""
    key = load(certificate).public_key()
    return key.key_size // 8 if isinstance(key, rsa.RSAPublicKey) else _LARGEST_ECDSA


@lru_cache(maxsize=4096)
def load(certificate: bytes) -> x509.Certificate:
    """Return a certificate (DER) taken apart, once."""
    return x509.load_der_x509_certificate(certificate)
