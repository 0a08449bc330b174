"""Scans are signed by the officer who made them, wherever the desk takes them; who may not sign is refused before."""

import hashlib
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import transaction
from PIL import Image

from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.papers import scan
from onestop.demo.stage import Play, moment
from onestop.documents.operations import keep_upload
from onestop.documents.ports import store
from onestop.dossiers.models import DossierPart
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.dossiers.rules.filing import Channel, Filer, Given, PartGiven, ReturnWay
from onestop.errors import Refused
from onestop.intake.operations.filing import Filing, submit
from onestop.intake.operations.reception import digitise
from onestop.intake.operations.supplement import answer_supplement, request_supplement
from onestop.intake.rules.supplement import SupplementItem
from onestop.journal.queries import list_entries
from onestop.validation.queries import verify_file
from onestop.validation.rules import Indication
from tests.world import World

BIRTH = "1.001193"
AT = "2026-04-06 09:00"


def photograph() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def scanned(name: str, data: bytes, document: str = "BIRTH_NOTICE") -> PartGiven:
    kept = keep_upload(name=name, data=data)
    return PartGiven(document, Given.SCAN, kept.sha256, kept.name, kept.size, kept.media_type)


def counter(world: World, agency: str = HONG_GAI) -> Play:
    return world.stage.file(
        BIRTH, "oanh", agency, "2026-04-06 08:00", answers=answers.birth("oanh"),
        papers={"BIRTH_NOTICE": "Giấy chứng sinh", "FORM_BIRTH": "Tờ khai"},
        channel=Channel.COUNTER, filer=Filer.BY_OFFICER, way=ReturnWay.COUNTER,
    )  # fmt: skip


def digitised(world: World, *scans: PartGiven) -> tuple[Play, list[DossierPart]]:
    play = counter(world)
    digitise(code=play.code, scans=scans, by=world.officer("minh", AT), at=moment(AT))
    return play, list(DossierPart.objects.filter(given=Given.SCAN).order_by("pk"))


@pytest.mark.parametrize(
    ("name", "data"), [("giay-chung-sinh.pdf", scan("Giấy chứng sinh", "Oanh")), ("anh.jpg", photograph())]
)
def test_a_scan_is_kept_as_the_pdf_its_officer_signed(world: World, name: str, data: bytes) -> None:
    play, (part,) = digitised(world, scanned(name, data))
    signed = store().get(part.sha256)
    minh = world.officer("minh", AT)
    (signature,) = verify_file(signed, moment("2026-04-06 10:00")).signatures
    assert signature.verdict.indication is Indication.TOTAL_PASSED
    assert signature.signer == minh.name
    assert (part.file_name, part.media_type, part.size) == (
        f"{name.rpartition('.')[0]}.pdf", "application/pdf", len(signed),
    )  # fmt: skip
    assert (part.digitised_by_id, part.digitised_at) == (minh.posting_id, moment(AT))
    entry = list_entries(get_unscoped(play.code).pk)[-1]
    assert entry.payload == {
        "parts": [
            {
                "document": "BIRTH_NOTICE",
                "given": "scan",
                "sha256": part.sha256,
                "scanned_sha256": hashlib.sha256(data).hexdigest(),
            }
        ]
    }


def test_the_signature_stands_at_the_top_left_of_page_one_with_name_and_time(world: World) -> None:
    _, (part,) = digitised(world, scanned("anh.jpg", photograph()))
    with pikepdf.open(io.BytesIO(store().get(part.sha256))) as pdf:
        (box,) = pdf.pages[0].obj["/Annots"]
        x0, y0, x1, y1 = (float(edge) for edge in box["/Rect"])
        _, _, width, height = (float(edge) for edge in pdf.pages[0].mediabox)
    assert x1 < width / 2
    assert y0 > height * 0.9
    assert 0 < x0 < x1
    assert y0 < y1 < height


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig is missing: apt-get install poppler-utils")
def test_pdfsig_finds_the_officers_signature_valid(world: World, tmp_path: Path) -> None:
    minh = world.officer("minh", AT)
    for number, part in enumerate(digitised(world, *_both())[1]):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(store().get(part.sha256))
        done = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False)
        assert done.stdout.count("Signature is Valid") == 1
        assert done.stdout.count("Total document signed") == 1
        assert minh.name in done.stdout


def _both() -> tuple[PartGiven, ...]:
    return (
        scanned("giay.pdf", scan("Giấy chứng sinh", "Oanh")),
        scanned("anh.jpg", photograph(), "FORM_BIRTH"),
    )


def test_an_officer_of_another_post_is_refused_before_anything_is_signed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    play, given = counter(world), scanned("giay.pdf", scan("Giấy chứng sinh", "Oanh"))
    minh = world.officer("minh", AT)
    stranger = replace(minh, posting_id=world.officer("thu", AT).posting_id)
    with pytest.raises(Refused) as caught, transaction.atomic():
        digitise(code=play.code, scans=(given,), by=stranger, at=moment(AT))
    assert caught.value.code == "signing.no_mandate"
    assert not DossierPart.objects.filter(given=Given.SCAN).exists()
    assert list_entries(get_unscoped(play.code).pk)[-1].kind == "submit"


def test_what_is_no_picture_of_a_paper_is_kept_as_it_came(world: World) -> None:
    given = scanned("du-lieu.xml", b"<?xml version='1.0'?><to-khai/>")
    _, (part,) = digitised(world, given)
    assert part.sha256 == given.sha256


def test_what_another_signed_before_keeps_that_signature(world: World) -> None:
    _, (first,) = digitised(world, scanned("giay.pdf", scan("Giấy chứng sinh", "Oanh")))
    _, parts = digitised(world, scanned("giay.pdf", store().get(first.sha256)))
    found = verify_file(store().get(parts[-1].sha256), moment("2026-04-06 10:00"))
    assert [one.verdict.indication for one in found.signatures] == [Indication.TOTAL_PASSED] * 2


def test_scans_taken_with_a_filing_and_with_a_supplement_are_signed_too(world: World) -> None:
    minh, data = world.officer("minh", AT), scan("Giấy chứng sinh", "Oanh")
    filing = Filing(
        procedure_code=BIRTH, applicant_id=world.stage.applicant_id("oanh"),
        agency_code=world.stage.unit_code(HONG_GAI), channel=Channel.COUNTER, filer=Filer.BY_OFFICER,
        answers=answers.birth("oanh"), parts=(scanned("giay.pdf", data),), return_way=ReturnWay.COUNTER,
    )  # fmt: skip
    code = submit(filing=filing, by=minh, at=moment(AT)).code
    item = SupplementItem("FORM_BIRTH", "Thiếu tờ khai.", "Nộp tờ khai.", "123/2015/NĐ-CP Đ16")
    request_supplement(code=code, items=(item,), by=minh, at=moment("2026-04-06 09:10"))
    parts: tuple[Any, ...] = (scanned("to-khai.jpg", photograph(), "FORM_BIRTH"),)
    answer_supplement(code=code, parts=parts, by=minh, at=moment("2026-04-06 09:20"))
    kept = DossierPart.objects.filter(dossier__code=code, given=Given.SCAN).order_by("pk")
    assert [part.document for part in kept] == ["BIRTH_NOTICE", "FORM_BIRTH"]
    for part in kept:
        (signature,) = verify_file(store().get(part.sha256), moment("2026-04-06 10:00")).signatures
        assert signature.signer == minh.name
        assert part.digitised_by_id == minh.posting_id
