"""The name of one sending: a page carries it, so that a form sent twice does its work once."""

import secrets

from django.http import QueryDict

FIELD = "sending"
LONGEST = 40


def sending_of(sent: QueryDict) -> str:
    """Return the name that came with the form, or an empty text."""
    return sent.get(FIELD, "")[:LONGEST]


def new_sending() -> str:
    """Return a name for a page just made."""
    return secrets.token_urlsafe(12)
