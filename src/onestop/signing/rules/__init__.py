"""Pure decisions about the paper that comes out: which one, with what on it."""

from onestop.signing.rules.composing import PaperFacts, compose_content
from onestop.signing.rules.papers import Paper, paper_for, signature_fields

__all__ = ["Paper", "PaperFacts", "compose_content", "paper_for", "signature_fields"]
