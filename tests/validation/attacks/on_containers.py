"""Attacks on containers: files beside the signed ones, hidden between them, doubled, or far too large."""

import hashlib
import io
import struct
import zipfile
import zlib

from onestop.validation.rules import Finding
from tests.validation.attacks.markup import beside
from tests.validation.attacks.messages import signed_message
from tests.validation.attacks.paper import Signer
from tests.validation.attacks.samples import Made, sample

MIME = b"application/vnd.etsi.asic-e+zip"
FILES = {"tờ khai.txt": b"Sum: 100", "b.txt": b"more"}
_SIGNED = "the files, signed"


def pack(files: dict[str, bytes]) -> bytes:
    """A ZIP whose first entry is the kind of container."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in {"mimetype": MIME, **files}.items():
            entry = zipfile.ZipInfo(name, (2026, 2, 27, 9, 10, 0))
            made.writestr(entry, content)
    return out.getvalue()


def with_xades(signer: Signer, files: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """Files with a XAdES signature over all of them."""
    files = files or FILES
    return {**files, "META-INF/signatures.xml": beside(signer.leader, files)}


def with_cades(signer: Signer, files: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """Files with a manifest and a CAdES signature over it."""
    files = files or FILES
    manifest = _manifest(files)
    made = signed_message(signer.leader, manifest, attached=False)
    return {**files, "META-INF/ASiCManifest1.xml": manifest, "META-INF/signature1.p7s": made}


def _manifest(files: dict[str, bytes]) -> bytes:
    import base64

    listed = "".join(
        f'<a:DataObjectReference URI="{name}"><d:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<d:DigestValue>{base64.b64encode(hashlib.sha256(data).digest()).decode()}</d:DigestValue>"
        "</a:DataObjectReference>"
        for name, data in files.items()
    )
    spaces = 'xmlns:a="http://uri.etsi.org/02918/v1.2.1#" xmlns:d="http://www.w3.org/2000/09/xmldsig#"'
    reference = '<a:SigReference URI="META-INF/signature1.p7s" MimeType="application/pkcs7-signature"/>'
    return f"<a:ASiCManifest {spaces}>{reference}{listed}</a:ASiCManifest>".encode()


@sample("ASiC", "a false file among the signed ones", Finding.NOT_LISTED)
def a_file_added(signer: Signer) -> bytes:
    """A further file, which no signature names."""
    return pack({**with_xades(signer), "c.txt": b"Sum: 900"})


@sample("ASiC", "a false file among the signed ones", Finding.NOT_LISTED)
def a_file_added_beside_a_manifest(signer: Signer) -> bytes:
    """The same with a manifest."""
    return pack({**with_cades(signer), "c.txt": b"Sum: 900"})


@sample("ASiC", "the false file", Finding.ALTERED)
def a_file_exchanged(signer: Signer) -> bytes:
    """A signed file has another content."""
    return pack({**with_xades(signer), "b.txt": b"less"})


@sample("ASiC", "the false file", Finding.ALTERED)
def a_file_of_the_manifest_exchanged(signer: Signer) -> bytes:
    """The same with a manifest, whose own signature holds."""
    return pack({**with_cades(signer), "b.txt": b"less"})


@sample("ASiC", "the files that are left", Finding.CONTENT_MISSING)
def a_file_taken_away(signer: Signer) -> bytes:
    """A signed file is missing."""
    return pack({name: data for name, data in with_xades(signer).items() if name != "b.txt"})


@sample("ASiC", "the false files", Finding.ALTERED)
def a_manifest_exchanged(signer: Signer) -> bytes:
    """The manifest is written anew for other files."""
    other = {**FILES, "b.txt": b"less"}
    return pack({**with_cades(signer), **other, "META-INF/ASiCManifest1.xml": _manifest(other)})


@sample("ASiC", "one of two files of one name", Finding.BROKEN_FILE)
def two_files_of_one_name(signer: Signer) -> bytes:
    """Two entries of one name: one program unpacks the first, another the last."""
    made = pack({**with_xades(signer), "c.txt": b"less"})
    return made.replace(b"c.txt", b"b.txt")


@sample("ASiC", _SIGNED, Finding.NOT_LISTED)
def a_file_between_the_entries(signer: Signer) -> bytes:
    """An entry that the directory does not name: programs that read from the front unpack it."""
    made = pack(with_xades(signer))
    hidden = pack({"evil.txt": b"Sum: 900" * 8})
    end = hidden.index(b"PK\x01\x02")
    start = hidden.index(b"PK\x03\x04", 4)
    directory = made.index(b"PK\x01\x02")
    made = made[:directory] + hidden[start:end] + made[directory:]
    place = struct.unpack("<I", made[-6:-2])[0]
    return made[:-6] + struct.pack("<I", place + end - start) + made[-2:]


@sample("ASiC", _SIGNED, Finding.NO_SIGNATURE)
def signature_taken_away(signer: Signer) -> bytes:
    """The files without their signature."""
    _ = signer
    return pack(FILES)


@sample("Bomb", "nothing, and no memory left", Finding.TOO_COSTLY)
def deflate_bomb(signer: Signer) -> Made:
    """A small file that unpacks to more than a container may hold."""
    _ = signer
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = b"".join(packed.compress(bytes(1 << 20)) for _ in range(140)) + packed.flush()
    head = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(data), 140 << 20, 1, 0) + b"a"
    central = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, 0, len(data), 140 << 20, 1, 0, 0, 0, 0, 0, 0
    )
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central) + 1, len(head) + len(data), 0)
    return Made(head + data + central + b"a" + end)
