"""Reading what was issued: its file, whether it still holds, and the whole of a case."""

from onestop.results.queries.files import ResultFile, find_result, find_sealed, find_sealed_file

__all__ = ["ResultFile", "find_result", "find_sealed", "find_sealed_file"]
