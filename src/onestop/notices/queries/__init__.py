"""Reading slips and messages."""

from onestop.notices.queries.slips import SlipRef, compose, list_slips

__all__ = ["SlipRef", "compose", "list_slips"]
