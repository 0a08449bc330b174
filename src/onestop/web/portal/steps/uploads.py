"""Files of a draft: the good ones are kept at once, the bad ones are named."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core import signing
from django.utils.datastructures import MultiValueDict

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_content
from onestop.documents.operations import keep_upload
from onestop.dossiers.rules.filing import Given, PartGiven
from onestop.errors import Fault, Invalid
from onestop.intake.queries import draft_parts
from onestop.web.base.names import named
from onestop.web.portal.steps.order import is_needed

PREFIX, SIGNATURE_PREFIX = "file-", "signature-"
P7S = "application/pkcs7-signature"
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A required document on the page of uploads, with the file there is and what is wrong with the one just sent."""

    code: str
    name: str
    condition: str
    needed: bool
    file_name: str
    size: int
    reuse: bool
    signed_beside: bool = False
    errors: Words = ()


def keep_uploads(files: "MultiValueDict[str, Any]") -> tuple[tuple[PartGiven, ...], list[Fault]]:
    """Keep every good file of `file-<document>` fields; return the parts, and the faults of the others by field."""
    parts: list[PartGiven] = []
    faults: list[Fault] = []
    for name, uploads in files.lists():
        if not name.startswith(PREFIX):
            continue
        for upload in uploads:
            document = name.removeprefix(PREFIX)
            try:
                kept = keep_upload(name=upload.name or "", data=upload.read())
            except Invalid as error:
                faults += [replace(fault, field=document) for fault in error.faults]
                continue
            parts.append(PartGiven(document, Given.FILE, kept.sha256, kept.name, kept.size, kept.media_type))
    return tuple(parts), faults


def keep_signatures(
    files: "MultiValueDict[str, Any]", parts: tuple[PartGiven, ...], draft: Any
) -> tuple[tuple[PartGiven, ...], list[Fault]]:
    """Keep the files of `signature-<document>` fields beside the parts just sent, or those that the draft has."""
    have = {part.document: part for part in (*draft_parts(draft), *parts)}
    signed: dict[str, PartGiven] = {}
    faults: list[Fault] = []
    for name, uploads in files.lists():
        document = name.removeprefix(SIGNATURE_PREFIX)
        if document == name or document not in have:
            continue
        try:
            kept = keep_upload(name=uploads[-1].name or "", data=uploads[-1].read())
        except Invalid as error:
            faults += [replace(fault, field=document) for fault in error.faults]
            continue
        if kept.media_type != P7S:
            faults.append(Fault(document, "upload.no_signature"))
            continue
        signed[document] = replace(have[document], p7s_sha256=kept.sha256)
    return (*(part for part in parts if part.document not in signed), *signed.values()), faults


def known_only(parts: Iterable[PartGiven], version_id: int) -> tuple[PartGiven, ...]:
    """Return the parts that the procedure has a place for."""
    codes = {item.code for item in get_content(version_id).components}
    return tuple(part for part in parts if part.document in codes)


def document_rows(draft: Any, errors: dict[str, list[str]] | None = None) -> list[DocumentRow]:
    """Return the documents one can hand in online, with the files there are."""
    have = {part["document"]: part for part in draft.parts}
    return [
        DocumentRow(
            code=item.code,
            name=named(item.names),
            condition=named(item.condition) if item.condition else "",
            needed=is_needed(item),
            file_name=have.get(item.code, {}).get("file_name", ""),
            size=have.get(item.code, {}).get("size", 0),
            reuse=bool(item.reuse_from),
            signed_beside=bool(have.get(item.code, {}).get("p7s_sha256")),
            errors=tuple((errors or {}).get(item.code, ())),
        )
        for item in get_content(draft.version_id).components
        if item.kind == "submit"
    ]


def hold(parts: Iterable[PartGiven], by: Principal) -> dict[str, str]:
    """Return good files by document as sealed texts, for a page that has to be sent once more because of a bad one."""
    return {part.document: signing.dumps(asdict(part), salt=_salt(by)) for part in parts}


def held(texts: Iterable[str], by: Principal) -> tuple[PartGiven, ...]:
    """Return the files that a page held. One that was sealed for somebody else, or changed, is left out."""
    found = []
    for text in texts:
        try:
            part = signing.loads(text, salt=_salt(by), max_age=8 * 3600)
        except signing.BadSignature:
            continue
        found.append(PartGiven(**{**part, "given": Given(part["given"])}))
    return tuple(found)


def _salt(by: Principal) -> str:
    return f"portal.held.{by.account_id}"
