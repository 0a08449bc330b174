"""Reading what was issued: its file, whether it still holds, and the whole of a case."""

from onestop.results.queries.files import ResultFile, find_result, find_sealed, find_sealed_file
from onestop.results.queries.keeping import KeepingStatus, find_kept, get_keeping_status

__all__ = [
    "KeepingStatus",
    "ResultFile",
    "find_kept",
    "find_result",
    "find_sealed",
    "find_sealed_file",
    "get_keeping_status",
]
