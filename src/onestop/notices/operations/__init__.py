"""Issuing slips, making messages, sending letters."""

from onestop.notices.operations.messages import make_messages
from onestop.notices.operations.reading import mark_all_read, mark_read
from onestop.notices.operations.slips import issue_all, issue_slip, slip_file

__all__ = ["issue_all", "issue_slip", "make_messages", "mark_all_read", "mark_read", "slip_file"]
