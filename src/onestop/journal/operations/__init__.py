"""Writing an entry."""

from onestop.journal.operations.recording import Actor, actor_name, record

__all__ = ["Actor", "actor_name", "record"]
