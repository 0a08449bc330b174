"""Writing an entry, and publishing the log over all entries."""

from onestop.journal.operations.attesting import add_cosignatures, renew_stamp
from onestop.journal.operations.publishing import publish_log
from onestop.journal.operations.recording import Actor, actor_name, record
from onestop.journal.operations.registers import record_in_register

__all__ = [
    "Actor",
    "actor_name",
    "add_cosignatures",
    "publish_log",
    "record",
    "record_in_register",
    "renew_stamp",
]
