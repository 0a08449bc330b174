"""The verbs of trust: issue, renew, revoke; sign a paper in one go, or prepare and complete it; carry it on."""

from onestop.trust.operations.extending import archive_certificate, extend_pdf, is_stamped
from onestop.trust.operations.keys import issue_key, renew, revoke
from onestop.trust.operations.placing import keep_fields
from onestop.trust.operations.signatures import PreparedPdf, complete_pdf, prepare_pdf, sign_pdf

__all__ = [
    "PreparedPdf",
    "archive_certificate",
    "complete_pdf",
    "extend_pdf",
    "is_stamped",
    "issue_key",
    "keep_fields",
    "prepare_pdf",
    "renew",
    "revoke",
    "sign_pdf",
]
