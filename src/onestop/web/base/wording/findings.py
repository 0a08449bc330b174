"""What a check of a signed file found, in words: findings, verdicts, kinds of file."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onestop.validation.rules.findings import Finding
from onestop.validation.rules.indications import Indication
from onestop.validation.rules.kinds import FileKind

FINDINGS: dict[Finding, Any] = {
    Finding.NOT_A_PDF: _("This is no PDF"),
    Finding.UNKNOWN_KIND: _("This is no signed file of a known kind"),
    Finding.TOO_LARGE: _("The file is too large to be checked"),
    Finding.TOO_COSTLY: _("The file asks for more time or memory than any honest file, so reading it was stopped"),
    Finding.LOCKED: _("The file is locked with a password"),
    Finding.BROKEN_FILE: _("The file is damaged and cannot be read"),
    Finding.FORBIDDEN_CONTENT: _("The file refers to content outside itself, which a signed file must not"),
    Finding.NO_SIGNATURE: _("Nobody has signed it"),
    Finding.NOT_LISTED: _("It holds something that no signature covers"),
    Finding.SIGNATURE_BROKEN: _("The signature is damaged and cannot be read"),
    Finding.UNSUPPORTED: _("The signature has a form that is not checked here"),
    Finding.ALTERED: _("The content was altered after signing"),
    Finding.CONTENT_MISSING: _("What was signed is not in the file: hand in the signed file as well"),
    Finding.CONTENT_DIFFERS: _("The file handed in is not the one that was signed"),
    Finding.INVALID: _("The signature does not fit the certificate"),
    Finding.WEAK: _("The signature uses a weak algorithm"),
    Finding.CHANGED_AFTER: _("Something was added or changed after signing"),
    Finding.NOT_COVERED: _("The signature leaves part of the file uncovered"),
    Finding.UNBOUND: _("The signature does not say what it was made for, so it could belong to something else"),
    Finding.CERTIFICATE_UNBOUND: _("The signature does not name its certificate among what it signs"),
    Finding.STRAY: _("A certificate that belongs to nobody here lies in the unsigned part"),
    Finding.FOLLOWED: _("Followed by allowed changes, such as the next signature"),
    Finding.NO_CERTIFICATE: _("The signer's certificate is missing or cannot be read"),
    Finding.OTHER_CERTIFICATE: _("The signature names another certificate than the one in the file"),
    Finding.UNTRUSTED: _("The certificate comes from an authority that is not trusted here"),
    Finding.CHAIN_BROKEN: _("An authority above the certificate was not allowed to issue it"),
    Finding.WITHDRAWN: _("The trust list did not name the authority as granted at that time"),
    Finding.AUTHORITY_REVOKED: _("The certificate of an authority above it had been revoked"),
    Finding.AUTHORITY_EXPIRED: _("The certificate of an authority above it was not in force"),
    Finding.LIST_EXPIRED: _("The trust list that names the authority is out of date"),
    Finding.WRONG_USAGE: _("The certificate was not made for signing papers"),
    Finding.WEAK_CERTIFICATE: _("The certificate or one above it uses a weak algorithm or a short key"),
    Finding.NOT_YET_VALID: _("The certificate was not valid yet"),
    Finding.STAMPED_TOO_EARLY: _("The time stamp is older than the certificate"),
    Finding.EXPIRED: _("The certificate had expired when the signer claims to have signed"),
    Finding.EXPIRED_UNPROVEN: _("The certificate has expired, and nothing proves that the signature is older"),
    Finding.REVOKED: _("The certificate had been revoked"),
    Finding.REVOKED_UNPROVEN: _("The certificate has been revoked, and nothing proves that the signature is older"),
    Finding.REVOCATION_UNKNOWN: _("Whether the certificate had been revoked is not known here"),
    Finding.STAMP_INVALID: _("The time stamp does not hold"),
    Finding.STAMP_UNTRUSTED: _("The time stamp comes from an authority that is not trusted here"),
    Finding.STAMP_WRONG_USAGE: _("The time stamp was made with a certificate that is not one for time stamps"),
    Finding.STAMP_REVOKED: _("The certificate of the time stamp had been revoked"),
    Finding.STAMPS_OUT_OF_ORDER: _("A later time stamp names an earlier time than the one it covers"),
    Finding.STAMP_EXPIRED: _("The certificate of the time stamp has expired, so it proves nothing any more"),
    Finding.STAMP_UNKNOWN: _("Whether the certificate of the time stamp had been revoked is not known here"),
    Finding.NO_STAMP: _("No time stamp: the time is only what the signer claims"),
    Finding.TIMES_DIFFER: _("The time claimed differs from the time stamp"),
}
VERDICTS: dict[Indication, Any] = {
    Indication.TOTAL_PASSED: _("It holds"),
    Indication.INDETERMINATE: _("It cannot be decided"),
    Indication.TOTAL_FAILED: _("It does not hold"),
}
KINDS: dict[FileKind, Any] = {
    FileKind.PDF: "PDF",
    FileKind.CMS: _("signature file (CMS)"),
    FileKind.XML: "XML",
    FileKind.CONTAINER: _("container (ASiC)"),
    FileKind.UNKNOWN: _("unknown kind"),
}


def finding_word(finding: Finding) -> str:
    """Return what was found, as a sentence."""
    return str(FINDINGS[finding])


def verdict_word(indication: Indication) -> str:
    """Return whether it holds."""
    return str(VERDICTS[indication])


def file_kind_word(kind: FileKind) -> str:
    """Return the kind of a file."""
    return str(KINDS[kind])
