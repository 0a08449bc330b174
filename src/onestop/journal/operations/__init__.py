"""Writing an entry."""

from onestop.journal.operations.recording import Actor, actor_name, record
from onestop.journal.operations.registers import record_in_register

__all__ = ["Actor", "actor_name", "record", "record_in_register"]
