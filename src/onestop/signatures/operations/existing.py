"""The signatures that a paper has already, as an extension needs them: not judged, only found."""

from dataclasses import dataclass
from typing import Any

from asn1crypto import cms as asn1_cms

from onestop.signatures.operations.fields import Form
from onestop.signatures.operations.files import File
from onestop.signatures.operations.placing import Room
from onestop.signatures.operations.syntax import Entries, Unusual, elements, whole

_ARCHIVE = b"/ETSI.RFC3161"
_STAMP = "signature_time_stamp_token"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature of a file: its CMS, the room it fills, where the bytes it covers end, what it is."""

    made: bytes
    room: Room
    end: int
    is_archive: bool  # a document time stamp

    @property
    def content(self) -> Any:
        """The signed data, taken apart."""
        return asn1_cms.ContentInfo.load(self.made)["content"]

    @property
    def token(self) -> Any:
        """The signed data of its time stamp (its own, if it is one), or None."""
        if self.is_archive:
            return self.content
        (signer,) = self.content["signer_infos"]
        found = [one["values"][0] for one in signer["unsigned_attrs"] or () if one["type"].native == _STAMP]
        return found[0]["content"] if found else None


def list_signatures(file: File) -> list[Signature]:
    """Return the signatures of a file in the order in which they were made."""
    values = (field.entries.get(b"/V") for field in Form(file).fields if field.entries.get(b"/FT") == b"/Sig")
    found = [_signature(file, file.entries(value)) for value in values if value]
    return sorted(found, key=lambda one: one.end)


def _signature(file: File, entries: Entries) -> Signature:
    """Take a signature from its dictionary; the space it stands in must be what its range leaves out."""
    first, before, after, rest = (whole(one) for one in elements(entries[b"/ByteRange"]))
    shown = file.data[before + 1 : after - 1]
    if first or file.data[before : before + 1] != b"<" or file.data[after - 1 : after] != b">":
        raise Unusual
    try:
        made = asn1_cms.ContentInfo.load(bytes.fromhex(shown.decode("ascii"))).dump()
    except ValueError as error:
        raise Unusual from error
    return Signature(
        made, Room(file.data, before + 1, len(shown)), after + rest, entries.get(b"/SubFilter") == _ARCHIVE
    )
