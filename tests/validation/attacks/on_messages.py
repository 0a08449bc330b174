"""Attacks on CMS signatures: parts stripped, doubled, confused, and one bad signer among good ones."""

import hashlib

from onestop.validation.rules import Finding
from tests.validation.attacks.authority import sign_with
from tests.validation.attacks.messages import Wish, message, signed_message, signer_info
from tests.validation.attacks.messages import signer as make_signer
from tests.validation.attacks.paper import Signer
from tests.validation.attacks.samples import Made, sample

TEXT, OTHER = b"Sum: 100", b"Sum: 900"
_SIGNED = "the text, signed"


@sample("CMS", "the attributes, taken for a text", Finding.UNBOUND)
def attributes_taken_for_content(signer: Signer) -> bytes:
    """The signed attributes of a real signature are presented as its content, signed without attributes."""
    by = signer.leader
    real = make_signer(by, TEXT, Wish())
    content = real["signed_attrs"].untag().dump()
    forged = signer_info(by, real["signature"].native, None, Wish())
    return message([forged], by.chain, content)


@sample("CMS", _SIGNED, Finding.UNBOUND)
def no_signed_attributes(signer: Signer) -> bytes:
    """A signature without any signed attributes."""
    return signed_message(signer.leader, TEXT, Wish(attributes=False))


@sample("CMS", _SIGNED, Finding.INVALID)
def attributes_stripped(signer: Signer) -> bytes:
    """The signed attributes of a real signature are taken away."""
    by = signer.leader
    real = make_signer(by, TEXT, Wish())
    return message([signer_info(by, real["signature"].native, None, Wish())], by.chain, TEXT)


@sample("CMS", _SIGNED, Finding.INVALID)
def one_attribute_stripped(signer: Signer) -> bytes:
    """One signed attribute of a real signature is taken away: the one that names the certificate."""
    by = signer.leader
    real, poor = make_signer(by, TEXT, Wish()), make_signer(by, TEXT, Wish(named=False))
    return message([signer_info(by, real["signature"].native, poor["signed_attrs"], Wish())], by.chain, TEXT)


@sample("CMS", _SIGNED, Finding.SIGNATURE_BROKEN)
def content_of_another_type(signer: Signer) -> bytes:
    """The signer signed a time stamp, the message calls it data."""
    return signed_message(signer.leader, TEXT, Wish(content_type="tst_info"))


@sample("CMS", "a stamp, taken for a signature", Finding.SIGNATURE_BROKEN)
def stamp_taken_for_a_signature(signer: Signer) -> bytes:
    """A real time stamp is handed in as if its authority had signed a paper."""
    return signer.authority.stamp(hashlib.sha256(TEXT).digest())


@sample("CMS", _SIGNED, Finding.SIGNATURE_BROKEN)
def two_digests(signer: Signer) -> bytes:
    """Two digests among the signed attributes: readers take the one or the other."""
    return signed_message(signer.leader, TEXT, Wish(doubled=True))


@sample("CMS", _SIGNED, Finding.OTHER_CERTIFICATE)
def certificate_exchanged(signer: Signer) -> bytes:
    """The enclosed certificate is another one for the same key: other name, other rights."""
    twin = signer.authority.holder("Giám đốc", key="Nguyễn Văn Quang")
    return signed_message(twin, TEXT, Wish(names=signer.leader.der))


@sample("CMS", "two signers", Finding.UNTRUSTED)
def one_of_two_signers_unknown(signer: Signer) -> bytes:
    """A good signer and one whom nobody trusts."""
    other = signer.stranger.holder("Kẻ gian")
    both = [make_signer(signer.leader, TEXT), make_signer(other, TEXT)]
    return message(both, signer.leader.chain + other.chain, TEXT)


@sample("CMS", "two signers", Finding.ALTERED)
def one_of_two_signers_of_something_else(signer: Signer) -> bytes:
    """A good signer and one who signed another text."""
    other = signer.authority.holder("Trần Thị Thu")
    both = [make_signer(signer.leader, TEXT), make_signer(other, OTHER)]
    return message(both, signer.leader.chain + other.chain, TEXT)


@sample("CMS", _SIGNED, Finding.NO_CERTIFICATE)
def without_certificate(signer: Signer) -> bytes:
    """The certificate is left out, and whoever reads takes one that fits."""
    return message([make_signer(signer.leader, TEXT)], (), TEXT)


@sample("CMS", "a message", Finding.BROKEN_FILE)
def without_signers(signer: Signer) -> bytes:
    """Certificates and content, and nobody who signed."""
    return message([], signer.leader.chain, TEXT)


@sample("CMS", "the false text", Finding.ALTERED)
def content_altered(signer: Signer) -> bytes:
    """The content is exchanged."""
    return signed_message(signer.leader, TEXT).replace(TEXT, OTHER)


@sample("CMS", "the false text beside a valid signature", Finding.ALTERED)
def detached_from_another_file(signer: Signer) -> Made:
    """A detached signature is handed in with another file."""
    return Made(signed_message(signer.leader, TEXT, attached=False), OTHER)


@sample("CMS", "the false text beside a valid signature", Finding.CONTENT_DIFFERS)
def attached_and_detached(signer: Signer) -> Made:
    """The signature holds its own content, and another file is handed in with it."""
    return Made(signed_message(signer.leader, TEXT), OTHER)


@sample("CMS", "a valid signature of nothing", Finding.CONTENT_MISSING)
def detached_without_content(signer: Signer) -> bytes:
    """A detached signature alone."""
    return signed_message(signer.leader, TEXT, attached=False)


@sample("CMS", _SIGNED, Finding.BROKEN_FILE)
def bytes_behind_the_message(signer: Signer) -> bytes:
    """A second message behind the first."""
    return signed_message(signer.leader, TEXT) + signed_message(signer.leader, OTHER)


@sample("CMS", _SIGNED, Finding.INVALID)
def signature_of_another_key(signer: Signer) -> bytes:
    """Somebody else's key signs under the leader's certificate."""
    by = signer.leader
    real = make_signer(by, TEXT)
    forged = sign_with(signer.stranger.holder("Kẻ gian").key, real["signed_attrs"].untag().dump())
    return message([signer_info(by, forged, real["signed_attrs"], Wish())], by.chain, TEXT)
