"""The quick way for papers we typeset ourselves: read alike by both readers, and given up at the first oddity."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.documents.adapters.typst import TypstTypesetter
from onestop.documents.rules.papers import SIGNATURE_BOXES, TEMPLATES
from onestop.errors import Invalid, OneStopError
from onestop.signatures.operations import extend_pdf, files
from onestop.signatures.operations.fields import Form, find_spot
from onestop.signatures.operations.syntax import Unusual, elements, entries, referred, split, text_string, written
from onestop.signatures.rules import Level
from onestop.trust.rules import SignatureRole
from onestop.validation.queries import verify_pdf

SAMPLES: dict[str, dict[str, Any]] = json.loads((Path(__file__).parents[1] / "documents" / "papers.json").read_text())


def facts(file: files.File) -> dict[str, Any]:
    """What an update reads, in a form that does not depend on spaces."""
    page = find_spot(file, SignatureRole.LEADER, None).page
    return {
        "size": int(file.trailer[b"/Size"]),
        "root": sorted(file.root.entries),
        "page": (
            page.number,
            sorted(page.entries),
            [float(edge) for edge in file.elements(page.entries[b"/MediaBox"])],
        ),
        "fields": sorted(Form(file).names()),
        "last": file.last_table,
    }


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_every_paper_of_ours_is_plain_signed_or_not(office: Any, template: str) -> None:
    paper = TypstTypesetter().typeset(template, SAMPLES[template])
    role = next(iter(SIGNATURE_BOXES[template]))
    signed = office.sign(paper, role=role, box=SIGNATURE_BOXES[template][role], stamp=False)
    for pdf in (paper, signed):
        assert facts(files.open_plain(pdf)) == facts(files.open_any(pdf))
    assert verify_pdf(signed).valid


@pytest.mark.parametrize("page", [0, 1, 2, -1, -3])
def test_pages_are_counted_alike(typeset: Any, page: int) -> None:
    pdf = typeset("Một #pagebreak() Hai #pagebreak() Ba")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        wanted = opened.pages[page].obj.objgen[0]
    box = (page, 10.0, 10.0, 50.0, 50.0)
    for file in (files.open_plain(pdf), files.open_any(pdf)):
        assert find_spot(file, SignatureRole.LEADER, box).page.number == wanted


def spoil(pdf: bytes, old: bytes, new: bytes) -> bytes:
    """The same length, so that the places in the table stay right."""
    assert len(old) == len(new)
    assert old in pdf
    return pdf.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"/Type/Catalog", rb"/T#79pe/Catal"),  # a name written in another way
        (rb"%PDF-", rb" PDF-"),
        (rb"startxref", rb"startXref"),
        (rb"trailer", rb"Trailer"),
        (rb"/Root ", rb"/Foot "),
    ],
)
def test_an_oddity_is_left_to_the_other_reader(paper: bytes, old: bytes, new: bytes) -> None:
    with pytest.raises(Unusual):
        facts(files.open_plain(spoil(paper, old, new)))


def test_packed_encrypted_and_longer_files_are_left_to_the_other_reader(paper: bytes, packed: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="x", user=""))
    for pdf in (packed, out.getvalue(), paper + b"% more\n", b"", b"%PDF-1.7"):
        with pytest.raises(Unusual):
            files.open_plain(pdf)


def test_a_table_that_leads_in_a_circle_is_refused(paper: bytes) -> None:
    place = int(re.findall(rb"startxref\n(\d+)", paper)[-1])
    looped = paper.replace(b"<</Size 33", b"<</Prev %d/Size 33" % place)
    assert looped != paper
    with pytest.raises(Unusual):
        files.open_plain(looped)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=200))
def test_nothing_read_as_a_value_breaks_the_reader(data: bytes) -> None:
    for start in (b"<<", b"[", b""):
        try:
            members, end = split(start + data, 0)
        except Unusual:
            continue
        assert end <= len(start + data)
        assert all(members)


values = st.recursive(
    st.one_of(
        st.integers(0, 10**9).map(lambda n: b"%d" % n),
        st.text(max_size=12).filter(lambda t: all(ord(c) < 0xD800 for c in t)).map(text_string),
        st.sampled_from([b"/Name", b"12 0 R", b"true", b"null", b"-1.5", rb"(a \) b)", b"<AB CD>"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda members: b"[%s]" % b" ".join(members)),
        st.dictionaries(st.sampled_from([b"/A", b"/B", b"/C"]), inner, max_size=3).map(written),
    ),
    max_leaves=12,
)


@given(pairs=st.dictionaries(st.sampled_from([b"/A", b"/B", b"/C", b"/D"]), values, max_size=4))
def test_what_is_written_is_read_again(pairs: dict[bytes, bytes]) -> None:
    assert entries(written(pairs)) == pairs
    assert elements(b"[%s]" % b" ".join(pairs.values())) == list(pairs.values())


@pytest.mark.parametrize(
    "value", [b"<</A 1", b"<</A 1]", b"<</A 1 /A 2>>", b"<</A>>", b"<<1 2>>", b"[1 2", b"[<<]>>", b"(", b"[%x\n]", b"7"]
)
def test_what_is_badly_written_is_not_read(value: bytes) -> None:
    with pytest.raises(Unusual):
        entries(value)
    with pytest.raises(Unusual):
        elements(value)


def test_references() -> None:
    assert referred(b"12 0 R") == (12, 0)
    assert [referred(value) for value in (b"12", b"12 0 R 1", b"/R", b"")] == [None] * 4


def test_a_hostile_file_is_refused_not_stumbled_over(office: Any, paper: bytes) -> None:
    """Cut, shortened, with objects missing: refused with a reason, or signed so that the signature holds."""
    codes = set()
    for cut in range(0, len(paper), 1201):
        for pdf in (paper[:cut], paper[cut:], paper[:cut] + paper[cut + 40 :]):
            try:
                assert verify_pdf(office.sign(pdf, stamp=False)).signatures[0].intact
            except OneStopError as error:
                codes.add(error.code)
    assert "pdf.not_readable" in codes
    assert codes <= {"pdf.not_readable", "box.no_page", "box.outside_page"}


def test_a_tree_of_pages_in_a_circle_has_no_page(office: Any, paper: bytes) -> None:
    looped = spoil(paper, b"/Kids[20 0 R]", b"/Kids[ 1 0 R]")
    with pytest.raises(Invalid):
        office.sign(looped, stamp=False)


def test_a_spoilt_signed_paper_is_refused_or_goes_on_whole(office: Any, paper: bytes) -> None:
    """Bytes of what an update reads are altered: never anything but a refusal, or a file that can be read."""
    signed = office.sign(paper)
    tail = len(paper)
    codes = set()
    for place in [
        *range(len(paper) - 2200, tail, 67),
        *range(tail, tail + 400, 7),
        *range(len(signed) - 900, len(signed), 11),
    ]:
        spoilt = bytearray(signed)
        spoilt[place] ^= 0x05
        for act in (office.put_seal, lambda pdf: extend_pdf(pdf=pdf, level=Level.B_LTA, at=office.at)):
            try:
                assert act(bytes(spoilt)).startswith(bytes(spoilt[:tail]))
            except OneStopError as error:
                codes.add(error.code)
    assert "pdf.not_readable" in codes
    known = {
        "pdf.not_signed",
        "box.no_page",
        "box.outside_page",
        "archive.chain_unknown",
        "archive.followed",
        "pdf.locked",
    }
    assert codes <= {"pdf.not_readable", *known}
