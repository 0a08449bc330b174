"""What may come in: a table of good and bad files, made here."""

import io
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from onestop.documents.adapters.memory import MemoryStore
from onestop.documents.operations import keep_upload
from onestop.documents.ports import store
from onestop.documents.rules import LARGEST_UPLOAD, Kind, inspect_content, inspect_upload
from onestop.errors import Invalid


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryStore]:
    memory = MemoryStore()
    monkeypatch.setattr(store, "_adapter", memory)
    return memory


def pdf(change: Callable[[pikepdf.Pdf], None] = lambda _: None, *, packed: bool = False, **saving: object) -> bytes:
    out, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    change(document)
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    document.save(out, object_stream_mode=mode, **saving)
    return out.getvalue()


def script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")


def launch(document: pikepdf.Pdf) -> None:
    act = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    document.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=act)])


def attach(document: pikepdf.Pdf, name: str, data: bytes) -> None:
    document.attachments[name] = pikepdf.AttachedFileSpec(document, data, filename=name, mime_type="application/json")


def program_called_data(document: pikepdf.Pdf) -> None:
    attach(document, "ket-qua.json", b"MZ" + bytes(100))


def endless_data(document: pikepdf.Pdf) -> None:
    attach(document, "ket-qua.json", b'{"a":"' + b"a" * 5_000_000 + b'"}')


def attachment(document: pikepdf.Pdf) -> None:
    document.attachments["virus.exe"] = b"MZ" + bytes(100)


def looks_like_script(document: pikepdf.Pdf) -> None:
    document.pages[0].Contents = document.make_stream(b"(the letters /JS and /Launch in a text) Tj")


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#fbfaf6").save(out, kind)
    return out.getvalue()


def office(main: str, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(main, "<w/>")
        for name, data in more.items():
            archive.writestr(name, data)
    return out.getvalue()


def zipped() -> bytes:
    return office("anything.txt")


def huge_png() -> bytes:
    small = bytearray(picture("PNG"))
    small[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(small)


DOCX, XLSX = "word/document.xml", "xl/workbook.xml"
LOCK, OPEN_LOCK = pikepdf.Encryption(owner="a", user="b"), pikepdf.Encryption(owner="a", user="")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SIGNED = bytes.fromhex("3082010006092a864886f70d010702a0820000") + b"%PDF-1.7 inside an enveloping signature"

GOOD: list[tuple[str, bytes, str]] = [
    ("don.pdf", pdf(), "application/pdf"),
    ("don.PDF", pdf(packed=True), "application/pdf"),
    ("text about scripts.pdf", pdf(looks_like_script), "application/pdf"),
    ("photo.jpg", picture("JPEG"), "image/jpeg"),
    ("photo.jpg", picture("PNG"), "image/png"),
    ("thue.xml", "<?xml version='1.0' encoding='UTF-8'?><tờ-khai>9</tờ-khai>".encode(), "application/xml"),
    ("thue.xml", "<?xml version='1.0'?><a/>".encode("utf-16"), "application/xml"),
    ("chu-ky.p7s", SIGNED, "application/pkcs7-signature"),
]
BAD: list[tuple[str, bytes, set[str]]] = [
    ("don.pdf", b"", {"upload.empty"}),
    ("don.pdf", Path(sys.executable).resolve().read_bytes()[:100_000], {"upload.kind_not_taken"}),
    ("don.pdf", b"MZ" + bytes(1000), {"upload.kind_not_taken"}),
    ("don.pdf", b"<html><script>alert(1)</script>", {"upload.kind_not_taken"}),
    ("don.pdf", b"#!/bin/sh\nrm -rf ~", {"upload.kind_not_taken"}),
    ("don.pdf", b"only words", {"upload.kind_not_taken"}),
    ("don.pdf", pdf() + bytes(LARGEST_UPLOAD), {"upload.too_large"}),
    ("don.pdf", pdf(encryption=LOCK), {"upload.pdf_password"}),
    ("don.pdf", pdf(encryption=OPEN_LOCK), {"upload.pdf_locked"}),
    ("don.pdf", pdf(script), {"upload.pdf_active"}),
    ("don.pdf", pdf(script, packed=True), {"upload.pdf_active"}),
    ("don.pdf", pdf(script, packed=True, compress_streams=False), {"upload.pdf_active"}),
    ("don.pdf", pdf(script).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53"), {"upload.pdf_active"}),
    ("don.pdf", pdf(launch), {"upload.pdf_active"}),
    ("don.pdf", pdf(attachment), {"upload.pdf_attachment"}),
    ("don.pdf", pdf(script)[:200], {"upload.damaged"}),
    ("don.pdf", pdf() + zipped(), {"upload.two_kinds"}),
    ("don.docx", pdf(), {"upload.differs_from_name"}),
    ("don.exe", pdf(), {"upload.differs_from_name"}),
    ("photo.jpg", picture("JPEG")[:300], {"upload.damaged"}),
    ("photo.png", picture("PNG")[:-20], {"upload.damaged"}),
    ("photo.png", huge_png(), {"upload.too_many_pixels"}),
    ("photo.png", picture("PNG") + zipped(), {"upload.two_kinds", "upload.damaged"}),
    ("photo.gif", picture("GIF"), {"upload.kind_not_taken"}),
    ("scan.tiff", picture("TIFF"), {"upload.kind_not_taken"}),
    ("files.zip", zipped(), {"upload.kind_not_taken"}),
    ("don.docx", zipped(), {"upload.kind_not_taken"}),
    ("don.docx", office(DOCX, **{"word/vbaProject.bin": b"x"}), {"upload.office_macros"}),
    ("don.pdf", pdf(program_called_data), {"upload.pdf_attachment"}),
    ("don.pdf", pdf(endless_data), {"upload.pdf_attachment"}),
    ("don.docx", office(DOCX, **{"word/embeddings/oleObject1.bin": b"x"}), {"upload.office_attachment"}),
    ("don.docx", office(DOCX, **{"word/bomb.xml": bytes(60_000_000)}), {"upload.too_much_inside"}),
    ("don.docx", office(DOCX, **{"../../evil": b"x"}), {"upload.damaged"}),
    ("don.docx", OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), {"upload.office_locked"}),
    ("don.doc", OLD_OFFICE, {"upload.kind_not_taken"}),
    ("data.xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", {"upload.kind_not_taken"}),
    ("data.xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", {"upload.xml_doctype"}),
    ("data.xml", b"<?xml version='1.0'?><x xmlns='http://www.w3.org/1999/xhtml'/>", {"upload.xml_page"}),
    ("data.xml", b"<?xml version='1.0'?><a><b></a>", {"upload.damaged"}),
    ("", pdf(), {"upload.name_empty"}),
    ("../../etc/cron.d/x.pdf", pdf(), {"upload.name_unsafe"}),
    ("C:\\Users\\lan\\don.pdf", pdf(), {"upload.name_unsafe"}),
    ("don\x00.pdf", pdf(), {"upload.name_unsafe"}),
    ("don\u202efdp.exe.pdf", pdf(), {"upload.name_unsafe"}),
    (".htaccess.pdf", pdf(), {"upload.name_unsafe"}),
    ("x" * 300 + ".pdf", pdf(), {"upload.name_long"}),
    ("a/b.docx", pdf(script), {"upload.name_unsafe", "upload.differs_from_name", "upload.pdf_active"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "media_type"), GOOD)
def test_good_files_are_kept_unchanged(kept: MemoryStore, name: str, data: bytes, media_type: str) -> None:
    file = keep_upload(name=name, data=data)

    assert (file.name, file.media_type, file.size) == (name, media_type, len(data))
    assert kept.get(file.sha256) == data


@pytest.mark.parametrize(("main", "name"), [(DOCX, "don.docx"), (XLSX, "bang.xlsx")])
def test_office_files_are_kept(main: str, name: str) -> None:
    assert "openxmlformats" in keep_upload(name=name, data=office(main)).media_type


@pytest.mark.parametrize(
    ("name", "data", "codes"), BAD, ids=lambda value: str(value)[:40] if isinstance(value, set) else ""
)
def test_bad_files_are_refused_with_every_reason(kept: MemoryStore, name: str, data: bytes, codes: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        keep_upload(name=name, data=data)

    assert {fault.code for fault in refused.value.faults} == codes
    assert {fault.field for fault in refused.value.faults} == {"file"}
    assert kept.kept == {}


def test_names_are_kept_in_nfc_and_with_an_ending() -> None:
    name = "Giấy chứng sinh của Lê Thị Hằng"
    file = keep_upload(name=unicodedata.normalize("NFD", name), data=pdf())

    assert file.name == f"{name}.pdf"


def test_the_head_alone_tells_much_before_the_rest_has_come() -> None:
    faults = inspect_upload(name="a\\b.docx", size=LARGEST_UPLOAD + 1, head=pdf()[:4096])

    assert [fault.code for fault in faults] == ["upload.name_unsafe", "upload.too_large", "upload.differs_from_name"]
    assert faults[2].params == {"name_says": "docx", "is": Kind.PDF}


def test_a_signed_pdf_of_ours_is_let_in() -> None:
    """Certificates and revocation lists inside a signature are no attachments."""

    def field(document: pikepdf.Pdf) -> None:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, SubFilter=pikepdf.Name("/ETSI.CAdES.detached"), Contents=b"x")
        document.Root.AcroForm = pikepdf.Dictionary(
            SigFlags=3, Fields=[document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=value))]
        )

    assert keep_upload(name="da-ky.pdf", data=pdf(field)).media_type == "application/pdf"


def test_a_result_with_its_data_attached_is_taken() -> None:
    """What was issued here comes back as a document of the next dossier."""
    assert inspect_content(Kind.PDF, pdf(lambda document: attach(document, "ket-qua.json", b'{"format":"x"}'))) == ()
