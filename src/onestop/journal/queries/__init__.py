"""Reading the journal."""

from onestop.journal.queries.entries import Audit, audit, find_fault, list_entries, stored

__all__ = ["Audit", "audit", "find_fault", "list_entries", "stored"]
