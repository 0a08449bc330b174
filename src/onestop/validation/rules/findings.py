"""Everything that a check can find: codes, put into words by whoever shows them."""

from enum import StrEnum


class Finding(StrEnum):
    """One thing found while checking. Those in `BREAKING` keep the file from holding; the rest inform."""

    # the file
    NOT_A_PDF = "not_a_pdf"
    UNKNOWN_KIND = "unknown_kind"  # neither PDF nor CMS nor XML nor a container
    TOO_LARGE = "too_large"
    TOO_COSTLY = "too_costly"  # reading it would take more time or memory than any honest file
    LOCKED = "locked"  # a password is asked for
    BROKEN_FILE = "broken_file"
    FORBIDDEN_CONTENT = "forbidden_content"  # XML with a document type, entities, or links to elsewhere
    NO_SIGNATURE = "no_signature"
    NOT_LISTED = "container.not_listed"  # a file in the container that no signature covers
    # the signature
    SIGNATURE_BROKEN = "signature.broken"  # the signature itself cannot be read
    UNSUPPORTED = "signature.unsupported"  # a form of signature that is not checked here
    ALTERED = "signature.altered"  # the bytes it covers are not those that were signed
    CONTENT_MISSING = "signature.content_missing"  # what it signs is not in the file and was not handed in
    CONTENT_DIFFERS = "signature.content_differs"  # what was handed in is not what the file holds
    INVALID = "signature.invalid"  # the signature was not made with the key of the certificate
    WEAK = "signature.weak_algorithm"
    CHANGED_AFTER = "signature.changed_after"  # changes after signing that are not allowed
    NOT_COVERED = "signature.not_covered"  # leaves something uncovered that a reader would take for signed
    UNBOUND = "signature.unbound"  # signs no attributes, so it could be taken for a signature of something else
    CERTIFICATE_UNBOUND = "signature.certificate_unbound"  # does not name its certificate among what it signs
    STRAY = "signature.stray_certificate"  # a certificate that leads nowhere lies in the part that nobody signed
    FOLLOWED = "signature.followed"  # followed by allowed changes: a later signature
    # the certificate
    NO_CERTIFICATE = "certificate.missing"
    OTHER_CERTIFICATE = "certificate.other"  # the signature names another certificate than the one enclosed
    UNTRUSTED = "certificate.untrusted"
    CHAIN_BROKEN = "certificate.chain_broken"  # an authority issued what it was not allowed to issue
    WITHDRAWN = "certificate.authority_withdrawn"  # the trust list did not name the authority as granted then
    AUTHORITY_REVOKED = "certificate.authority_revoked"
    AUTHORITY_EXPIRED = "certificate.authority_expired"
    LIST_EXPIRED = "trust_list.expired"
    WRONG_USAGE = "certificate.wrong_usage"  # made for something else than signing
    WEAK_CERTIFICATE = "certificate.weak_algorithm"
    NOT_YET_VALID = "certificate.not_yet_valid"
    STAMPED_TOO_EARLY = "certificate.stamped_before_it_was_valid"
    EXPIRED = "certificate.expired"  # the signer claims a time after the certificate's end
    EXPIRED_UNPROVEN = "certificate.expired_unproven"  # it ended since, and nothing proves the signature to be older
    REVOKED = "certificate.revoked"  # revoked before the signer claims to have signed
    REVOKED_UNPROVEN = "certificate.revoked_unproven"  # nothing proves the signature to be older than the revocation
    REVOCATION_UNKNOWN = "certificate.revocation_unknown"
    # the time stamp
    STAMP_INVALID = "stamp.invalid"
    STAMP_UNTRUSTED = "stamp.untrusted"
    STAMP_WRONG_USAGE = "stamp.wrong_usage"  # its authority's certificate is not one for time stamps
    STAMP_REVOKED = "stamp.revoked"
    STAMPS_OUT_OF_ORDER = "stamp.out_of_order"  # a later stamp attests an earlier time
    STAMP_EXPIRED = "stamp.expired"  # its certificate ended, and no newer stamp covers it: it proves nothing now
    STAMP_UNKNOWN = "stamp.revocation_unknown"  # whether its authority was revoked is not known: it proves nothing
    NO_STAMP = "stamp.missing"  # only the signer's own word for the time
    TIMES_DIFFER = "stamp.differs"  # the claimed time is far from the stamped one


INFORMING = frozenset(
    {
        Finding.CERTIFICATE_UNBOUND,
        Finding.FOLLOWED,
        Finding.NO_STAMP,
        Finding.TIMES_DIFFER,
        Finding.STAMP_EXPIRED,
        Finding.STAMP_UNKNOWN,
    }
)
BREAKING = frozenset(Finding) - INFORMING
"""Findings that keep a signature, and with it the file, from holding."""

UNUSABLE = frozenset({Finding.NOT_A_PDF, Finding.UNKNOWN_KIND, Finding.TOO_LARGE, Finding.TOO_COSTLY, Finding.LOCKED})
"""Findings after which nothing can be said about the file."""

OF_CERTIFICATE = frozenset(f for f in BREAKING if f.startswith(("certificate.", "trust_list.")))
"""Breaking findings about whom to believe, not about the bytes."""
