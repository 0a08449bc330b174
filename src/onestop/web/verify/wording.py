"""Every sentence of the check, by its key: the page, the script on it, and the file for offline use say the same."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from onestop.results.rules.revocations import RevocationCause
from onestop.signing.rules.claims import Field
from onestop.web.base.context import LANGUAGES
from onestop.web.base.wording import kind_word

VERDICTS = {
    "verdict.holds": _("This result holds, just as it was issued"),
    "verdict.fails": _("This result does not hold"),
    "verdict.revoked": _("This result was revoked on {date}"),
    "verdict.unknown": _("Whether this result holds cannot be told"),
}
REASONS = {
    "claim.unreadable": _(
        "This is not the code of a result. Scan the QR code at the foot of the paper, or paste it whole."
    ),
    "claim.altered": _("What the code says was changed after it was signed. Do not rely on this paper."),
    "claim.revoked": _("It was genuine, but it is no longer in force. Do not rely on it."),
    "key.unknown": _("It is signed with a key that is not known here: it comes from elsewhere, or it is forged."),
    "key.of_another": _("It is signed by somebody who may not sign for this agency. Do not rely on it."),
    "certificate.expired": _("The certificate of the signer was not in force any more at that time."),
    "certificate.not_yet_valid": _("The certificate of the signer was not yet in force at that time."),
    "certificate.revoked": _("The certificate of the signer was revoked. Ask the agency that issued the paper."),
    "certificate.untrusted": _("It was signed with a certificate of an authority that is not trusted here."),
    "signature.altered": _("The file was changed after it was signed. Do not rely on it."),
    "signature.invalid": _("A signature in the file was not made with the key it names. Do not rely on it."),
    "signature.broken": _("A signature in the file is damaged and cannot be read."),
    "signature.not_covered": _("A signature leaves part of the file uncovered. Do not rely on it."),
    "signature.changed_after": _("Something was added to the file after the last signature. Do not rely on it."),
    "signature.weak_algorithm": _("A signature in the file uses a method that is no longer safe."),
    "signature.archived": _(
        "The file was kept for the long term, with later stamps. Choose the full check on the server."
    ),
    "stamp.invalid": _("A time stamp in the file does not hold."),
    "stamp.untrusted": _("A time stamp in the file was not made by a service trusted here."),
    "not_a_pdf": _("This is neither a PDF nor a picture of a QR code."),
    "not_readable": _("It could not be read. Try again, or choose the full check on the server."),
    "no_signature": _("Nobody has signed this file. A scan or a print is checked by its QR code."),
    "broken_file": _("The file is damaged and cannot be read."),
    "file.without_claim": _(
        "Its signatures hold, but it is not a result of a procedure with a code that can be checked."
    ),
    "file.sealed_by_another": _("It does not bear the seal of the agency it names. Do not rely on it."),
    "file.too_large": _("The file is too large to be a result."),
    "list.missing": _(
        "It is genuine, but the list of revoked results could not be read: it may have been revoked since."
    ),
    "camera": _("The camera cannot be used. Allow it in the browser, or choose a picture of the code."),
    "reason.other": _("It cannot be relied on ({code})."),
}
AROUND = {
    "title": _("Check a result"),
    "lead": _("Drop the PDF, scan the QR code on the paper, or paste the code. The answer comes at once."),
    "stays": _("Nothing leaves this device: file and code are checked right here."),
    "file": _("The PDF, or a picture of the QR code"),
    "drop": _("or drop it here"),
    "text": _("The code, or its whole address"),
    "camera": _("Scan with the camera"),
    "checking": _("Checking…"),
    "compare": _("Compare these with the paper, letter by letter:"),
    "as_of": _("Revocations are known as of {date}."),
    "list.old": _("That is more than 30 days ago: fetch a newer file, or check online."),
    "signatures": _("Signatures in the file"),
    "signature.good": _("Holds"),
    "signature.bad": _("Does not hold"),
    "signature.stamp": _("Time stamp"),
    "claim.title": _("Paper"),
    "claim.number": _("Number"),
    "claim.issued_by": _("Issued by"),
    "claim.issued_at": _("Signed at"),
    "claim.dossier": _("Dossier"),
    "offline.lead": _("This file checks results without the internet. Revocations are known as of {date}."),
}
FIELDS = {
    Field.NAME: _("Full name"),
    Field.BORN_ON: _("Date of birth"),
    Field.SEX: _("Sex"),
    Field.PERSONAL_NUMBER: _("Personal number ends in"),
    Field.MOTHER: _("Mother"),
    Field.FATHER: _("Father"),
    Field.MARITAL_STATUS: _("Marital status"),
    Field.BUSINESS: _("Household business"),
    Field.OWNER: _("Owner"),
    Field.CAPITAL: _("Capital"),
    Field.INVESTOR: _("Investor"),
    Field.LOCATION: _("Place of the work"),
    Field.PLOT: _("Plot"),
    Field.RECORD: _("Criminal record"),
    Field.KIND: _("Kind of disability"),
    Field.DEGREE: _("Degree of disability"),
    Field.EMPLOYER: _("Employer"),
    Field.PASSPORT: _("Passport ends in"),
    Field.VALID_FROM: _("Valid from"),
    Field.VALID_UNTIL: _("Valid until"),
    Field.APPLICANT: _("Applicant"),
    Field.PURPOSE: _("Purpose"),
}


def words() -> dict[str, str]:
    """Return every sentence by its key, in the reader's language."""
    said = {key: str(sentence) for key, sentence in (VERDICTS | AROUND).items()}
    said |= {key if key == "reason.other" else f"reason.{key}": str(sentence) for key, sentence in REASONS.items()}
    said |= {f"field.{int(field)}": str(word) for field, word in FIELDS.items()}
    said |= {f"cause.{int(cause)}": kind_word("revocation", cause) for cause in RevocationCause}
    return said | {"caution.list.old": said["list.old"]}


def words_in_all_languages() -> dict[str, dict[str, str]]:
    """Return them in Vietnamese, English and Urdu."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = words()
    return found
