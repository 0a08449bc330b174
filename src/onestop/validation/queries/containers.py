"""What a container proves: files and their signatures in one ZIP (ASiC-S, ASiC-E; CAdES or XAdES inside).

Source: ETSI EN 319 162-1. A file that no signature covers, a file hidden between the entries or two of one name would
show a reader something that nobody signed.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from onestop.validation.queries import signers
from onestop.validation.queries.markup import open_xml, read_signature
from onestop.validation.queries.messages import read_cms
from onestop.validation.rules.evidence import Contents, Signed
from onestop.validation.rules.findings import Finding
from onestop.validation.rules.xml_documents import DS, bytes_of
from onestop.validation.rules.xml_signatures import DIGESTS, check_signature, find_signatures

_ASIC = "{http://uri.etsi.org/02918/v1.2.1#}"
_META = "META-INF/"
_MAX_ENTRIES = 2000
_MAX_FILE = 128 * 1024 * 1024
_MAX_ALL = 256 * 1024 * 1024
_MOST_BETWEEN = 24  # the longest data descriptor


class _TooCostly(Exception):
    """More entries or bytes than any honest container has."""


def read_container(data: bytes) -> Contents:
    """Return what a container proves by itself."""
    try:
        files, hidden = _unpack(data)
    except _TooCostly:
        return Contents(findings=(Finding.TOO_COSTLY,))
    except RuntimeError:  # so the library says that a password is asked for
        return Contents(findings=(Finding.LOCKED,))
    except Exception:  # noqa: BLE001  a container made to confuse its reader is a finding, not a crash
        return Contents(findings=(Finding.BROKEN_FILE,))
    signed: list[Signed] = []
    covered: set[str] = set()
    for name in sorted(files):
        if name.startswith(_META) and "signature" in name.lower():
            found, names = _read(name, files)
            signed += found
            covered |= names
    if not signed:
        return Contents(findings=(Finding.NO_SIGNATURE,))
    loose = {name for name in _payload(files) if name not in covered}
    return Contents(tuple(signed), findings=(Finding.NOT_LISTED,) if loose or hidden else ())


def _payload(files: dict[str, bytes]) -> list[str]:
    return [name for name in files if not name.startswith(_META) and name != "mimetype"]


def _read(name: str, files: dict[str, bytes]) -> tuple[list[Signed], set[str]]:
    """The signatures of one file, and the names of the files that they cover."""
    if name.endswith(".p7s"):
        return _read_cms(name, files)
    return _read_xml(files[name], files) if name.endswith(".xml") else ([], set())


def _read_xml(data: bytes, files: dict[str, bytes]) -> tuple[list[Signed], set[str]]:
    tree, fault = open_xml(data)
    if tree is None:
        return [Signed(findings=[fault])], set()
    checked = [check_signature(tree, node, files.get) for node in find_signatures(tree)]
    names = {reference.file for one in checked for reference in one.references if reference.file}
    return [read_signature(tree, one, place) for place, one in enumerate(checked)], names


def _read_cms(name: str, files: dict[str, bytes]) -> tuple[list[Signed], set[str]]:
    manifest = next((found for found in files if _signs(files, found, name)), None)
    if manifest is None:
        payload = _payload(files)
        covered = payload[0] if len(payload) == 1 else None
        return list(_take(read_cms(files[name], files[covered] if covered else None))), {covered} if covered else set()
    listed, faults = _read_manifest(files[manifest], files)
    signed = list(_take(read_cms(files[name], files[manifest])))
    for one in signed:
        one.add(*faults)
        one.intact = one.intact and not faults
    return signed, listed


def _take(found: Contents) -> Iterator[Signed]:
    yield from found.signed or (Signed(findings=list(found.findings)),)


def _signs(files: dict[str, bytes], manifest: str, name: str) -> bool:
    """True if a file is the manifest that the signature `name` signs."""
    if not manifest.startswith(f"{_META}ASiCManifest") or not manifest.endswith(".xml"):
        return False
    tree, _ = open_xml(files[manifest])
    found = None if tree is None else tree.getroot().find(f"{_ASIC}SigReference")
    return found is not None and found.get("URI") == name


def _read_manifest(data: bytes, files: dict[str, bytes]) -> tuple[set[str], list[Finding]]:
    tree, fault = open_xml(data)
    if tree is None:
        return set(), [fault]
    judged = {_judge_reference(one, files) for one in _references(tree)}
    return {one.get("URI", "") for one in _references(tree)}, sorted(found for found in judged if found)


def _references(tree: Any) -> Any:
    return tree.getroot().iterfind(f"{_ASIC}DataObjectReference")


def _judge_reference(one: Any, files: dict[str, bytes]) -> Finding | None:
    content = files.get(one.get("URI", ""))
    name = DIGESTS.get(one.find(f"{{{DS}}}DigestMethod").get("Algorithm", ""))
    if content is None:
        return Finding.CONTENT_MISSING
    if name is None or name == "sha1":
        return Finding.WEAK
    fits = signers.hash_of(name, content) == bytes_of(one.find(f"{{{DS}}}DigestValue"))
    return None if fits else Finding.ALTERED


# -- the ZIP itself -------------------------------------------------------------------------------


def _unpack(data: bytes) -> tuple[dict[str, bytes], bool]:
    """Return the files, and whether bytes lie in the container that belong to none of them."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        entries = opened.infolist()
        names = [entry.filename for entry in entries]
        if len(entries) > _MAX_ENTRIES:
            raise _TooCostly
        if len(set(names)) < len(names):
            raise zipfile.BadZipFile("two files of one name")
        files: dict[str, bytes] = {}
        left = _MAX_ALL
        for entry in entries:
            files[entry.filename] = _unpack_one(opened, entry, min(left, _MAX_FILE))
            left -= len(files[entry.filename])
        return {name: content for name, content in files.items() if not name.endswith("/")}, _hides(data, opened)


def _unpack_one(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    with opened.open(entry) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise _TooCostly
    return content


def _hides(data: bytes, opened: zipfile.ZipFile) -> bool:
    """True if something lies before, between or behind the entries that the directory does not name."""
    place = 0
    for entry in sorted(opened.infolist(), key=lambda one: one.header_offset):
        if not 0 <= entry.header_offset - place <= _MOST_BETWEEN:
            return True
        head = data[entry.header_offset : entry.header_offset + 30]
        lengths = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        place = entry.header_offset + 30 + lengths + entry.compress_size
    return not 0 <= opened.start_dir - place <= _MOST_BETWEEN
