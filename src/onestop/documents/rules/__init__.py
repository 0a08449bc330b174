"""What may come in, and which papers go out. No file, no clock, no framework."""

from onestop.documents.rules.kinds import MEDIA_TYPES, Kind
from onestop.documents.rules.names import normal_name
from onestop.documents.rules.uploads import HEAD, LARGEST_UPLOAD, KeptFile, inspect_content, inspect_upload, kind_of

__all__ = [
    "HEAD",
    "LARGEST_UPLOAD",
    "MEDIA_TYPES",
    "KeptFile",
    "Kind",
    "inspect_content",
    "inspect_upload",
    "kind_of",
    "normal_name",
]
