"""Reading: what holds of a signed file (no database needed); certificates on record are in `certificates`."""

from onestop.trust.queries.detached import verify_detached
from onestop.trust.queries.papers import verify_pdf

__all__ = ["verify_detached", "verify_pdf"]
