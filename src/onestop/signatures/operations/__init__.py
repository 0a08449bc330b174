"""The verbs: sign a paper in one go, or prepare and complete it; carry it on for decades."""

from onestop.signatures.operations.extending import archive_certificate, extend_pdf, is_stamped
from onestop.signatures.operations.placing import keep_fields
from onestop.signatures.operations.signatures import PreparedPdf, complete_pdf, prepare_pdf, sign_pdf

__all__ = [
    "PreparedPdf",
    "archive_certificate",
    "complete_pdf",
    "extend_pdf",
    "is_stamped",
    "keep_fields",
    "prepare_pdf",
    "sign_pdf",
]
