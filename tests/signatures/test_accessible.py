"""A signed paper stays readable aloud (PDF/UA): pdfua judges, and every field is found from the structure tree."""

import io
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest

from onestop.errors import Refused
from onestop.signatures.operations import extend_pdf, keep_fields
from onestop.signatures.rules import FieldWish
from onestop.signatures.rules.order import Level
from onestop.trust.rules import SignatureRole
from onestop.validation.queries import verify_pdf

LEADER = FieldWish(SignatureRole.LEADER, "Chữ ký số của Nguyễn Văn Quang", (-1, 345.0, 94.0, 532.0, 168.0))
SEAL = FieldWish(SignatureRole.ORGANISATION, "Con dấu số của phường Hồng Gai", (-1, 238.0, 94.0, 345.0, 168.0))


def errors_in(pdf: bytes, folder: Path) -> list[str]:
    (folder / "judged.pdf").write_bytes(pdf)
    found = pdfua.validate(str(folder / "judged.pdf")).findings
    return [one.rule_id for one in found if one.severity >= pdfua.Severity.ERROR]


def untagged_fields(pdf: bytes) -> list[str]:
    """The fields on pages that the structure tree does not know (ISO 14289-1, 7.18.4)."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tree = opened.Root.StructTreeRoot
        parents = list(tree.ParentTree.Nums)
        elements = {int(key): element for key, element in zip(parents[::2], parents[1::2], strict=True)}
        top = tree.K[0]
        missing = []
        for field in (note for page in opened.pages for note in page.get("/Annots", []) if note.Subtype == "/Widget"):
            element = elements.get(int(field.get("/StructParent", -1)))
            known = (
                element is not None
                and element.S == "/Form"
                and element.K.Obj.objgen == field.objgen
                and element.P.objgen == top.objgen
                and any(member.objgen == element.objgen for member in top.K)
            )
            if not (known and str(field.TU)):
                missing.append(str(field.T))
        return missing


def test_fields_kept_from_the_start_are_all_in_the_structure(office: Any, paper: bytes, tmp_path: Path) -> None:
    kept = keep_fields(paper, [LEADER, SEAL])
    signed = office.put_seal(office.sign(kept))
    archived = extend_pdf(pdf=signed, level=Level.B_LTA, at=office.at)
    for pdf in (kept, signed, archived):
        assert errors_in(pdf, tmp_path) == []
        assert untagged_fields(pdf) == []
    assert verify_pdf(archived).valid
    with pikepdf.open(io.BytesIO(signed)) as opened:
        leader, seal = opened.Root.AcroForm.Fields
        assert [str(leader.T), str(seal.T)] == ["leader-1", "organisation-1"]
        assert [float(edge) for edge in seal.Rect] == list(SEAL.box[1:])
        assert str(seal.TU) == SEAL.spoken


def test_one_signature_needs_no_field_kept(office: Any, paper: bytes, tmp_path: Path) -> None:
    signed = office.sign(paper)
    assert errors_in(signed, tmp_path) == []
    assert untagged_fields(signed) == []
    assert untagged_fields(office.put_seal(signed)) == ["organisation-1"]  # the tree belongs to what was signed


def test_a_kept_field_is_filled_once(office: Any, paper: bytes) -> None:
    kept = keep_fields(paper, [FieldWish(SignatureRole.INITIALS, "Ký nháy"), LEADER])
    pdf = office.sign(office.sign(office.sign(kept, role=SignatureRole.INITIALS)), box=(0, 50, 50, 200, 90))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert [str(field.T) for field in opened.Root.AcroForm.Fields] == ["initials-1", "leader-1", "leader-2"]
        assert all("/V" in field for field in opened.Root.AcroForm.Fields)
    assert verify_pdf(pdf).valid


def test_kept_fields_are_found_in_packed_files_too(office: Any, packed: bytes) -> None:
    signed = office.put_seal(office.sign(keep_fields(packed, [LEADER, SEAL])))
    with pikepdf.open(io.BytesIO(signed)) as opened:
        assert [str(field.T) for field in opened.Root.AcroForm.Fields] == ["leader-1", "organisation-1"]
    assert untagged_fields(signed) == []
    with pytest.raises(Refused, match=r"signature\.out_of_order"):
        office.sign(signed)


def test_an_empty_field_is_no_signature(paper: bytes, office: Any) -> None:
    kept = keep_fields(paper, [LEADER])
    assert verify_pdf(kept).signatures == ()
    with pytest.raises(Refused, match=r"pdf\.not_signed"):
        extend_pdf(pdf=kept, level=Level.B_LTA, at=office.at)


def test_papers_without_structure_are_signed_as_they_are(office: Any, paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as opened:
        del opened.Root.StructTreeRoot
        out = io.BytesIO()
        opened.save(out)
    assert verify_pdf(office.put_seal(office.sign(keep_fields(out.getvalue(), [LEADER, SEAL])))).valid
