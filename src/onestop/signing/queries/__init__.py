"""Reading: the content of a result paper, whether somebody may sign it, which papers wait for a time stamp."""

from onestop.agencies.queries.offices import find_refusals, refuse_without_mandate
from onestop.signing.queries.papers import DRAFT_NUMBER, compose_paper, list_waiting_for_stamp, preview_paper

__all__ = [
    "DRAFT_NUMBER",
    "compose_paper",
    "find_refusals",
    "list_waiting_for_stamp",
    "preview_paper",
    "refuse_without_mandate",
]
