"""Papers whose bytes are in order and whose signers are not: certificates, authorities, stamps, algorithms."""

import hashlib
from datetime import datetime

from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from onestop.validation.rules import Finding
from tests.validation.attacks.authority import AT, STAMPING, Authority, Holder, days
from tests.validation.attacks.messages import Wish, signed_message
from tests.validation.attacks.paper import Signer, base, first
from tests.validation.attacks.samples import NOW, Made, sample

_HELD = "a signature with a name"
SHA1 = hashes.SHA1()


def _paper(
    signer: Signer, by: Holder, wish: Wish | None = None, authority: Authority | None = None, at: datetime = NOW
) -> Made:
    authority = authority or signer.authority
    wish = wish or Wish(claims=AT, stamps=(authority, AT, None))

    def make(covered: bytes) -> bytes:
        return signed_message(by, covered, wish, attached=False)

    return Made(signer.fill(first(base()), make=make), believed=authority.believed(), at=at)


def _unstamped(claims: datetime | None = AT, digest: str = "sha256") -> Wish:
    return Wish(claims=claims, digest=digest)


# -- certificates ---------------------------------------------------------------------------------


@sample("Certificate", _HELD, Finding.EXPIRED)
def expired_when_signed(signer: Signer) -> Made:
    """Signed, by the signer's own word, after the certificate's end."""
    return _paper(signer, signer.authority.holder("late", end=AT - days(1)), _unstamped())


@sample("Certificate", _HELD, Finding.EXPIRED_UNPROVEN)
def expired_and_never_stamped(signer: Signer) -> Made:
    """In force when signed, as the signer says; nothing proves it, and it is over now. The missing stamp."""
    return _paper(signer, signer.authority.holder("ended", end=AT + days(1)), _unstamped())


@sample("Certificate", _HELD, Finding.EXPIRED_UNPROVEN)
def stamped_after_the_end(signer: Signer) -> Made:
    """The stamp came after the certificate had ended."""
    by = signer.authority.holder("ended", end=AT + days(1))
    return _paper(signer, by, Wish(stamps=(signer.authority, AT + days(2), None)))


@sample("Certificate", _HELD, Finding.STAMPED_TOO_EARLY)
def stamped_before_it_was_valid(signer: Signer) -> Made:
    """The stamp is older than the certificate."""
    return _paper(signer, signer.authority.holder("early", begin=AT + days(1)))


@sample("Certificate", _HELD, Finding.NOT_YET_VALID)
def not_yet_valid(signer: Signer) -> Made:
    """A certificate for next year, without a stamp."""
    return _paper(signer, signer.authority.holder("future", begin=NOW + days(300)), _unstamped())


@sample("Revocation", _HELD, Finding.REVOKED)
def revoked_before_signing(signer: Signer) -> Made:
    """Revoked the day before."""
    return _revoked(signer, AT - days(1), Wish())


@sample("Revocation", _HELD, Finding.REVOKED_UNPROVEN)
def revoked_later_and_never_stamped(signer: Signer) -> Made:
    """Revoked the day after; only the signer says that it was signed before."""
    return _revoked(signer, AT + days(1), Wish())


@sample("Revocation", _HELD, Finding.REVOKED)
def revoked_before_the_stamp(signer: Signer) -> Made:
    """Revoked, then signed and stamped."""
    return _revoked(signer, AT - days(1), Wish(stamps=(Authority("revoking"), AT, None)))


def _revoked(_: Signer, since: datetime, wish: Wish) -> Made:
    authority = Authority("revoking")
    by = authority.holder("Nguyễn Văn Quang")
    authority.revoke(by, since)
    return _paper(_, by, wish, authority)


@sample("Revocation", _HELD, Finding.AUTHORITY_REVOKED)
def authority_revoked(signer: Signer) -> Made:
    """The authority between root and signer was revoked."""
    authority = Authority("root over others")
    issuing = authority.holder("issuing", ca=True)
    by = authority.below(issuing, "issuing", "Nguyễn Văn Quang")
    authority.revoke(issuing, AT - days(1))
    return _paper(signer, by, _unstamped(), authority)


@sample("Revocation", _HELD, Finding.REVOCATION_UNKNOWN)
def no_list_for_its_moment(signer: Signer) -> Made:
    """The list of revocations ended before the paper was signed."""
    authority = Authority("slow root", next_update=AT - days(1))
    return _paper(signer, authority.holder("Nguyễn Văn Quang"), _unstamped(), authority)


@sample("Usage", _HELD, Finding.WRONG_USAGE)
def certificate_for_encryption(signer: Signer) -> Made:
    """A certificate for encrypting."""
    return _paper(signer, signer.authority.holder("enc", usage=("key_encipherment",)))


@sample("Usage", _HELD, Finding.WRONG_USAGE)
def certificate_of_a_server(signer: Signer) -> Made:
    """A certificate for a web server."""
    return _paper(signer, signer.authority.holder("web", eku=ExtendedKeyUsageOID.SERVER_AUTH))


@sample("Usage", _HELD, Finding.WRONG_USAGE)
def certificate_for_stamps(signer: Signer) -> Made:
    """A certificate for time stamps."""
    return _paper(signer, signer.authority.holder("tsa", eku=STAMPING))


@sample("Chain", _HELD, Finding.UNTRUSTED)
def unknown_root(signer: Signer) -> Made:
    """A root that nobody trusts."""
    made = _paper(signer, signer.stranger.holder("Nguyễn Văn Quang"), _unstamped())
    return Made(made.data, believed=signer.authority.believed())


@sample("Chain", _HELD, Finding.CHAIN_BROKEN)
def a_root_of_the_same_name(signer: Signer) -> Made:
    """A root that bears the trusted one's name and has another key."""
    by = _issued_by(signer, "another key")
    return _paper(signer, by, _unstamped())


def _issued_by(signer: Signer, key: str) -> Holder:
    from tests.validation.attacks.authority import _certificate, key_of

    false = Holder(key_of(key), signer.authority.root.certificate)
    return Holder(key_of("forger"), _certificate("Nguyễn Văn Quang", signer.authority.name, false, {"key": "forger"}))


@sample("Chain", _HELD, Finding.CHAIN_BROKEN)
def issued_by_somebody_who_is_no_authority(signer: Signer) -> Made:
    """An ordinary officer's certificate issues another one."""
    officer = signer.authority.holder("officer")
    return _paper(signer, signer.authority.below(officer, "officer", "Nguyễn Văn Quang"))


@sample("Chain", _HELD, Finding.CHAIN_BROKEN)
def chain_longer_than_allowed(signer: Signer) -> Made:
    """An authority that may issue to people alone certifies another authority."""
    issuing = signer.authority.holder("short", ca=True, path_length=0)
    second = signer.authority.below(issuing, "short", "second", ca=True)
    by = signer.authority.below(second, "second", "Nguyễn Văn Quang")
    by = Holder(by.key, by.certificate, (second.der, issuing.der))
    return _paper(signer, by, _unstamped())


@sample("Chain", _HELD, Finding.AUTHORITY_EXPIRED)
def authority_ended(signer: Signer) -> Made:
    """The authority between root and signer had ended when the paper was signed."""
    issuing = signer.authority.holder("old issuing", ca=True, end=AT - days(1))
    return _paper(signer, signer.authority.below(issuing, "old issuing", "Nguyễn Văn Quang"), _unstamped())


# -- algorithms -----------------------------------------------------------------------------------


@sample("Algorithm", _HELD, Finding.WEAK)
def digest_sha1(signer: Signer) -> Made:
    """SHA-1 over the paper."""
    return _paper(signer, signer.leader, _unstamped(digest="sha1"))


@sample("Algorithm", _HELD, Finding.WEAK_CERTIFICATE)
def key_of_1024_bits(signer: Signer) -> Made:
    """An RSA key that is too short."""
    return _paper(signer, signer.authority.holder("short key", key="rsa-1024"), _unstamped())


@sample("Algorithm", _HELD, Finding.WEAK_CERTIFICATE)
def certificate_signed_with_sha1(signer: Signer) -> Made:
    """The authority signed the certificate with SHA-1."""
    return _paper(signer, _sha1_certificate(signer), _unstamped())


def _sha1_certificate(signer: Signer) -> Holder:
    """Written by hand: today's libraries do not sign with SHA-1 any more."""
    from asn1crypto import x509
    from cryptography import x509 as other

    from tests.validation.attacks.authority import sign_with

    honest = signer.authority.holder("Nguyễn Văn Quang")
    forged = x509.Certificate.load(honest.der)
    body = forged["tbs_certificate"].copy()
    body["signature"] = {"algorithm": "sha1_ecdsa"}
    made = x509.Certificate(
        {
            "tbs_certificate": body,
            "signature_algorithm": {"algorithm": "sha1_ecdsa"},
            "signature_value": sign_with(signer.authority.root.key, body.dump(force=True), SHA1),
        }
    ).dump()
    return Holder(honest.key, other.load_der_x509_certificate(made))


# -- stamps ---------------------------------------------------------------------------------------


@sample("Stamp", "a signature with an attested time", Finding.STAMP_UNTRUSTED)
def stamp_of_an_unknown_authority(signer: Signer) -> Made:
    """Somebody stamps who is not trusted."""
    return _paper(signer, signer.leader, Wish(stamps=(signer.stranger, AT, None)))


@sample("Stamp", "a signature with an attested time", Finding.STAMP_WRONG_USAGE)
def stamp_with_an_officers_certificate(signer: Signer) -> Made:
    """Somebody stamps whose certificate is not one for stamps."""
    return _paper(signer, signer.leader, Wish(stamps=(signer.authority, AT, signer.authority.holder("officer"))))


@sample("Stamp", "a signature with an attested time", Finding.STAMP_WRONG_USAGE)
def stamp_with_an_uncritical_purpose(signer: Signer) -> Made:
    """The purpose is there, but may be passed over."""
    by = signer.authority.stamper(name="soft stamps", critical=False)
    return _paper(signer, signer.leader, Wish(stamps=(signer.authority, AT, by)))


@sample("Stamp", "a signature with an attested time", Finding.STAMP_INVALID)
def stamp_over_something_else(signer: Signer) -> Made:
    """A real stamp, taken from another signature."""
    return _paper(signer, signer.leader, Wish(stamp=signer.authority.stamp(hashlib.sha256(b"other").digest())))


@sample("Stamp", "a signature with an attested time", Finding.STAMP_INVALID)
def stamp_after_its_own_end(signer: Signer) -> Made:
    """The stamping certificate had ended when it stamped."""
    by = signer.authority.stamper(name="ended stamps", end=AT - days(1))
    return _paper(signer, signer.leader, Wish(stamps=(signer.authority, AT, by)))


@sample("Stamp", "a signature with an attested time", Finding.STAMP_REVOKED)
def stamp_of_a_revoked_authority(signer: Signer) -> Made:
    """The stamping certificate had been revoked because its key was stolen."""
    authority = Authority("root of thieves")
    by = authority.stamper(name="stolen stamps")
    authority.revoke(by, AT + days(1))
    return _paper(signer, authority.holder("Nguyễn Văn Quang"), Wish(stamps=(authority, AT, by)), authority)


@sample("Stamp", "a signature with an attested time", Finding.EXPIRED_UNPROVEN)
def stamp_that_ended_too(signer: Signer) -> Made:
    """Signer and stamp have both ended, and nobody stamped again in time."""
    by = signer.authority.stamper(name="short stamps", end=AT + days(20))
    leader = signer.authority.holder("short leader", end=AT + days(10))
    return _paper(signer, leader, Wish(stamps=(signer.authority, AT, by)))


@sample("Stamp", "a signature with an attested time", Finding.STAMP_INVALID)
def stamp_of_the_future(signer: Signer) -> Made:
    """The stamp attests a moment that has not come."""
    return _paper(signer, signer.leader, Wish(stamps=(signer.authority, NOW + days(30), None)))
