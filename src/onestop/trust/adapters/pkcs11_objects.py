"""What lies on a token: pairs of keys that cannot be taken out, and certificates."""

from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pkcs11 import Attribute, CertificateType, KeyType, ObjectClass
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

from onestop.trust.rules import der
from onestop.trust.rules.algorithms import Algorithm

_NEVER_OUT = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False, Attribute.PRIVATE: True}


def generate(session: Any, algorithm: Algorithm, label: str, number: bytes) -> tuple[Any, Any]:
    """Return public and private key, made on the token to stay there."""
    named = {"id": number, "label": label, "store": True, "private_template": _NEVER_OUT}
    if algorithm is not Algorithm.EC_P256:
        made = session.generate_keypair(KeyType.RSA, algorithm.bits, **named)
    else:
        curve = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
        made = session.create_domain_parameters(KeyType.EC, curve, local=True).generate_keypair(**named)
    return made[0], made[1]


def public_der(public: Any) -> bytes:
    """Return a public key of the token as SPKI, DER."""
    if public.key_type is KeyType.EC:
        return bytes(encode_ec_public_key(public))
    modulus, exponent = (int.from_bytes(public[name]) for name in (Attribute.MODULUS, Attribute.PUBLIC_EXPONENT))
    return (
        rsa.RSAPublicNumbers(exponent, modulus)
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def certificate_attributes(certificate: bytes, label: str, number: bytes) -> dict[Attribute, Any]:
    """Return what a certificate is on a token."""
    parsed = x509.load_der_x509_certificate(certificate)
    return {
        Attribute.CLASS: ObjectClass.CERTIFICATE,
        Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
        Attribute.TOKEN: True,
        Attribute.LABEL: label,
        Attribute.ID: number,
        Attribute.SUBJECT: parsed.subject.public_bytes(),
        Attribute.ISSUER: parsed.issuer.public_bytes(),
        Attribute.SERIAL_NUMBER: der.integer(parsed.serial_number),
        Attribute.VALUE: certificate,
    }
