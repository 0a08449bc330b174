"""Reading: the content of a result paper, and whether somebody may sign it."""

from onestop.signing.queries.mandates import find_refusals, refuse_without_mandate
from onestop.signing.queries.papers import DRAFT_NUMBER, compose_paper, preview_paper

__all__ = ["DRAFT_NUMBER", "compose_paper", "find_refusals", "preview_paper", "refuse_without_mandate"]
