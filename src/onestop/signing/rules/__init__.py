"""Pure decisions about the paper that comes out: which one, with what on it."""

from onestop.signing.rules.composing import PaperFacts, compose_content
from onestop.signing.rules.papers import (
    Paper,
    is_for_another_signer,
    is_what_was_initialled,
    paper_for,
    signature_fields,
)

__all__ = [
    "Paper",
    "PaperFacts",
    "compose_content",
    "is_for_another_signer",
    "is_what_was_initialled",
    "paper_for",
    "signature_fields",
]
