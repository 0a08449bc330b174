"""A signature and the certificate it is said to be made with; the keys themselves are told of in `algorithms`."""

from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from onestop.trust.rules import algorithms

_LONGEST = 512  # of keys that cannot sign here anyway


def fits(certificate: bytes, digest: bytes, signature: bytes) -> bool:
    """True if the signature over this digest was made with the key of the certificate (DER)."""
    key = algorithms.usable(load(certificate).public_key())
    return key is not None and algorithms.fits(key, digest, signature)


def is_rsa(certificate: bytes) -> bool:
    """True if the certificate's key is an RSA key; else it is one of an elliptic curve."""
    return isinstance(load(certificate).public_key(), rsa.RSAPublicKey)


def longest_signature(certificate: bytes) -> int:
    """Return the most bytes that a signature with the certificate's key takes."""
    key = algorithms.usable(load(certificate).public_key())
    return algorithms.max_signature_bytes(key) if key else _LONGEST


@lru_cache(maxsize=4096)
def load(certificate: bytes) -> x509.Certificate:
    """Return a certificate (DER) taken apart, once."""
    return x509.load_der_x509_certificate(certificate)
