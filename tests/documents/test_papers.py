"""Every paper, with short and with very long data: on the page, readable, archivable, always the same bytes."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from onestop.documents.adapters.typst import STANDARDS, TypstTypesetter
from onestop.documents.rules.papers import SIGNATURE_BOXES, SLIPS, TEMPLATES, compose
from onestop.errors import Invalid, NotFound
from onestop.trust.rules import SignatureRole

SAMPLES: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("papers.json").read_text())
LONG_PROCEDURE = (
    "Đăng ký biến động đối với trường hợp thay đổi quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất " * 12
)
LONG_NAME = "Công ty trách nhiệm hữu hạn một thành viên thương mại và dịch vụ vận tải biển Hoàng Thị Nguyệt Hằng " * 2
POINT = 1.0


@lru_cache(maxsize=1)
def typesetter() -> TypstTypesetter:
    return TypstTypesetter()


@pytest.fixture(params=sorted(TEMPLATES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def shortest(name: str) -> dict[str, Any]:
    """The sample without anything that may be missing."""
    return _required(TEMPLATES[name].shape, SAMPLES[name])


def _required(shape: Any, data: dict[str, Any]) -> dict[str, Any]:
    kept = {}
    for key, value in data.items():
        if key in shape.__required_keys__:
            inner = shape.__annotations__.get(key)
            kept[key] = (
                _required(inner, value) if isinstance(value, dict) and hasattr(inner, "__required_keys__") else value
            )
    return kept


def longest(name: str) -> dict[str, Any]:
    """The sample with long names and many rows."""
    data = json.loads(json.dumps(SAMPLES[name]))
    data |= {key: LONG_PROCEDURE for key in ("procedure", "subject", "reason", "purpose") if key in data}
    data |= {key: LONG_NAME for key in ("name", "investor", "employer", "officer", "one_stop", "agency") if key in data}
    data |= {key: value * 15 for key, value in data.items() if isinstance(value, list) and key != "recipients"}
    if "applicant" in data:
        data["applicant"]["name"] = LONG_NAME
    return data


def pages(pdf: bytes) -> Iterator[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield page
            page.close()
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    words = " ".join(page.get_textpage().get_text_bounded() for page in pages(pdf))
    return re.sub(r"\s+", " ", words.replace("\ufffe", ""))


def boxes_of_text(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    text = page.get_textpage()
    return [text.get_rect(number) for number in range(text.count_rects())]


@pytest.mark.parametrize("make", [shortest, SAMPLES.__getitem__, longest], ids=["short", "usual", "long"])
def test_all_text_is_inside_the_margins(name: str, make: Any) -> None:
    for page in pages(typesetter().typeset(name, make(name))):
        width, height = page.get_size()
        for left, bottom, right, top in boxes_of_text(page):
            assert left > 28 - POINT
            assert right < width - 28 + POINT
            assert bottom > 28 - POINT
            assert top < height - 14 + POINT


@pytest.mark.parametrize("make", [shortest, SAMPLES.__getitem__, longest], ids=["short", "usual", "long"])
def test_nothing_is_printed_where_signatures_go(name: str, make: Any) -> None:
    document = pypdfium2.PdfDocument(typesetter().typeset(name, make(name)))
    for at, x0, y0, x1, y1 in SIGNATURE_BOXES[name].values():
        page = document[at % len(document)]
        width, height = page.get_size()
        assert 0 <= x0 < x1 <= width
        assert 0 <= y0 < y1 <= height
        assert page.get_textpage().get_text_bounded(x0 + POINT, y0 + POINT, x1 - POINT, y1 - POINT).strip() == ""
    document.close()


@pytest.mark.parametrize("make", [shortest, SAMPLES.__getitem__], ids=["short", "usual"])
def test_one_page_where_it_can_be_one(name: str, make: Any) -> None:
    assert len(list(pages(typesetter().typeset(name, make(name))))) == 1


def test_the_signer_stands_below_the_place_of_the_signature(name: str) -> None:
    if "signer" not in SAMPLES[name]:
        pytest.skip("nobody signs it but the desk")
    _, x0, y0, x1, _ = SIGNATURE_BOXES[name][SignatureRole.LEADER]
    for page in pages(typesetter().typeset(name, SAMPLES[name])):
        assert SAMPLES[name]["signer"]["name"] in page.get_textpage().get_text_bounded(x0, y0 - 30, x1, y0)


def test_text_can_be_taken_out_letter_by_letter(name: str) -> None:
    text = text_of(typesetter().typeset(name, SAMPLES[name]))

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "ngày 27 tháng 02 năm 2026" in text
    assert "H49.21.01-260213-0007" in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("receipt", "Trả kết quả: 16 giờ 30 phút, thứ Sáu, ngày 27 tháng 02 năm 2026"),
        ("receipt", "Phí, lệ phí: 1.250.000 đ, đã nộp trực tuyến"),
        ("supplement_request", "Hoàn thiện trước: 17 giờ 00 phút, thứ Sáu, ngày 06 tháng 3 năm 2026"),
        ("apology", "xin lỗi Ông/Bà và sẽ trả kết quả giải quyết hồ sơ"),
        ("control", "Quá hạn"),
        ("birth_certificate", "Ngày mười một tháng hai năm hai nghìn không trăm hai mươi sáu"),
        ("household_business", "150.000.000 đ (bằng chữ: Một trăm năm mươi triệu đồng)"),
        ("work_permit", "từ ngày 01 tháng 3 năm 2026 đến ngày 29 tháng 02 năm 2028"),
        ("decision", "Điều 3. Trưởng phòng Văn hóa - Xã hội"),
    ],
)
def test_says_what_the_form_says(name: str, words: str) -> None:
    assert words in text_of(typesetter().typeset(name, SAMPLES[name]))


def test_the_same_data_give_the_same_bytes(name: str) -> None:
    first = typesetter().typeset(name, SAMPLES[name])
    typesetter().typeset(name, longest(name))

    assert typesetter().typeset(name, SAMPLES[name]) == first
    assert TypstTypesetter().typeset(name, dict(reversed(SAMPLES[name].items()))) == first


def test_is_archivable_tagged_and_in_vietnamese(name: str) -> None:
    paper = typesetter().typeset(name, SAMPLES[name])

    assert STANDARDS == ["a-3a", "ua-1"]
    assert b"<pdfaid:part>3</pdfaid:part>" in paper
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in paper
    assert b"<pdfuaid:part>1</pdfuaid:part>" in paper
    assert re.search(rb"/Lang\s*\(vi", paper)
    assert b"/StructTreeRoot" in paper


def test_slips_are_a5_and_results_a4(name: str) -> None:
    for page in pages(typesetter().typeset(name, SAMPLES[name])):
        expected = (419.5, 595.3) if name in SLIPS else (595.3, 841.9)
        assert page.get_size() == pytest.approx(expected, abs=0.2)


def test_every_missing_field_is_named_at_once() -> None:
    data = json.loads(json.dumps(SAMPLES["receipt"]))
    del data["agency"]
    data["applicant"]["name"] = "  "
    data["documents"][1]["name"] = None
    data["due_at"] = "soon"
    data["colour"] = "red"
    with pytest.raises(Invalid) as refused:
        typesetter().typeset("receipt", data)

    assert {(fault.field, fault.code) for fault in refused.value.faults} == {
        ("agency", "paper.missing"),
        ("applicant.name", "paper.missing"),
        ("documents.1.name", "paper.missing"),
        ("due_at", "paper.malformed"),
        ("colour", "paper.unknown"),
    }


@pytest.mark.parametrize("value", ["not a list", {"name": "x"}, ["a", "b"]])
def test_data_of_another_shape_are_told(value: object) -> None:
    with pytest.raises(Invalid) as refused:
        compose("receipt", SAMPLES["receipt"] | {"documents": value})
    assert {fault.code for fault in refused.value.faults} == {"paper.malformed"}


def test_an_unknown_paper_is_not_found() -> None:
    with pytest.raises(NotFound):
        typesetter().typeset("../../etc/passwd", {})


def test_data_are_words_never_commands() -> None:
    hostile = '#read("/etc/passwd") *đậm* $x$ \\ @abc <def> // "'
    text = text_of(typesetter().typeset("decision", SAMPLES["decision"] | {"text": [hostile], "articles": []}))

    assert hostile.replace("  ", " ") in text
