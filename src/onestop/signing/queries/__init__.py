"""Reading: the content of a result paper, whether somebody may sign it, which papers wait for a time stamp."""

from onestop.agencies.queries.offices import find_refusals, refuse_without_mandate
from onestop.signing.queries.consents import find_consent, papers_key
from onestop.signing.queries.papers import (
    DRAFT_NUMBER,
    compose_paper,
    list_numbers,
    list_waiting_for_stamp,
    preview_paper,
)

__all__ = [
    "DRAFT_NUMBER",
    "compose_paper",
    "find_consent",
    "find_refusals",
    "list_numbers",
    "list_waiting_for_stamp",
    "papers_key",
    "preview_paper",
    "refuse_without_mandate",
]
