"""Reading the journal."""

from onestop.journal.queries.entries import Audit, audit, find_fault, list_entries, stored
from onestop.journal.queries.registers import find_last, find_register, list_register, register_heads

__all__ = [
    "Audit",
    "audit",
    "find_fault",
    "find_last",
    "find_register",
    "list_entries",
    "list_register",
    "register_heads",
    "stored",
]
