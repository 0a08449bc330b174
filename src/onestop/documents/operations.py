"""The verb of this chapter: let a file in."""

from onestop.documents.ports import store
from onestop.documents.rules.kinds import MEDIA_TYPES
from onestop.documents.rules.names import normal_name, with_ending
from onestop.documents.rules.uploads import HEAD, LARGEST_UPLOAD, KeptFile, inspect_content, inspect_upload, kind_of
from onestop.errors import Invalid


def keep_upload(*, name: str, data: bytes, max_bytes: int = LARGEST_UPLOAD) -> KeptFile:
    """Look at an upload and keep it.

    Raises `Invalid` (`upload.refused`) with every fault; then nothing was kept. Keeping the same file twice is free.
    It belongs to nobody yet and is in no transaction: the caller names its hash in a row.
    """
    kind = kind_of(data) if len(data) <= max_bytes else None
    faults = inspect_upload(name=name, size=len(data), head=data[:HEAD], kind_found=kind, max_bytes=max_bytes)
    if kind in MEDIA_TYPES:
        faults += inspect_content(kind, data)
    if kind is None or faults:
        raise Invalid("upload.refused", faults=faults)
    return KeptFile(store().put(data), len(data), MEDIA_TYPES[kind], with_ending(normal_name(name), kind))
