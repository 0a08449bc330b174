"""Files of a draft: the good ones are kept at once, the bad ones are named."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.datastructures import MultiValueDict

from onestop.catalogue.queries import get_content
from onestop.documents.operations import keep_upload
from onestop.dossiers.rules.filing import Given, PartGiven
from onestop.errors import Fault, Invalid
from onestop.web.base.names import named

PREFIX = "file-"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A required document on the page of uploads, with the file there is."""

    code: str
    name: str
    condition: str
    needed: bool
    file_name: str
    size: int
    reuse: bool


def keep_uploads(files: "MultiValueDict[str, Any]") -> tuple[tuple[PartGiven, ...], list[Fault]]:
    """Keep every good file of `file-<document>` fields; return the parts, and the faults of the others by field."""
    parts: list[PartGiven] = []
    faults: list[Fault] = []
    for name, uploads in files.lists():
        for upload in uploads:
            document = name.removeprefix(PREFIX)
            try:
                kept = keep_upload(name=upload.name or "", data=upload.read())
            except Invalid as error:
                faults += [replace(fault, field=document) for fault in error.faults]
                continue
            parts.append(PartGiven(document, Given.FILE, kept.sha256, kept.name, kept.size, kept.media_type))
    return tuple(parts), faults


def document_rows(draft: Any) -> list[DocumentRow]:
    """Return the documents one can hand in online, with the files there are."""
    have = {part["document"]: part for part in draft.parts}
    return [
        DocumentRow(
            code=item.code,
            name=named(item.names),
            condition=named(item.condition) if item.condition else "",
            needed=item.kind == "submit" and item.condition is None,
            file_name=have.get(item.code, {}).get("file_name", ""),
            size=have.get(item.code, {}).get("size", 0),
            reuse=bool(item.reuse_from),
        )
        for item in get_content(draft.version_id).components
        if item.kind == "submit"
    ]
