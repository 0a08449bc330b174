"""The verbs of trust: issue, renew, revoke; sign a paper in one go, or prepare and complete it."""

from onestop.trust.operations.keys import issue_key, renew, revoke
from onestop.trust.operations.signatures import PreparedPdf, complete_pdf, prepare_pdf, sign_pdf

__all__ = ["PreparedPdf", "complete_pdf", "issue_key", "prepare_pdf", "renew", "revoke", "sign_pdf"]
