"""The papers that came out: the leader's signature, then the agency's seal, each with a time stamp; readable text."""

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pypdfium2
import pytest

from onestop.demo.stage import moment
from onestop.documents.ports import store
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.journal.queries import list_entries
from onestop.results.models import Result
from onestop.results.queries import find_result, find_sealed_file
from onestop.signing.models import ResultPaper
from onestop.validation.queries import verify_pdf

Codes = dict[str, str]
INITIALLED = {"house_with_a_consultation", "house_late_with_an_apology"}
OUTCOMES = {
    "birth_the_same_day": ("Trần Quang Huy", "phường Hồng Gai", ("GIẤY KHAI SINH", "Nguyễn Gia Bảo An")),
    "birth_after_three": ("Trần Quang Huy", "phường Hồng Gai", ("GIẤY KHAI SINH", "Phạm Minh Khôi")),
    "marital_status_with_a_supplement": ("Trần Quang Huy", "phường Hồng Gai", ("Trần Văn Bình",)),
    "extract_at_once": ("Phạm Thành Long", "Cô Tô", ("TRÍCH LỤC", "Lương Thị Nga")),
    "household_business_across_the_holiday": ("Trần Quang Huy", "phường Hồng Gai", ("Bán lẻ thủy sản tươi",)),
    "house_with_a_consultation": ("Hà Hải Nam", "Vân Đồn", ("GIẤY PHÉP XÂY DỰNG", "Vũ Phương Thảo")),
    "house_late_with_an_apology": ("Hà Hải Nam", "Vân Đồn", ("GIẤY PHÉP XÂY DỰNG", "Đinh Thị Sáu")),
    "criminal_record": ("Nguyễn Mạnh Cường", "Công an", ("PHIẾU LÝ LỊCH TƯ PHÁP", "Không có án tích")),
    "disability_assessment": ("Hà Hải Nam", "Vân Đồn", ("KHUYẾT TẬT", "Đinh Thị Sáu")),
    "work_permit": ("Phan Tiến Dũng", "Nội vụ", ("GIẤY PHÉP LAO ĐỘNG", "HANS WEBER")),
    "household_business_asked_twice": ("Trần Quang Huy", "phường Hồng Gai", ("Phạm Kiều Oanh",)),
}


def text_of(pdf: bytes) -> str:
    """The text as a reader would copy it, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


@pytest.mark.parametrize("story", OUTCOMES)
def test_a_result_bears_the_leaders_signature_then_the_agencys(played: Codes, story: str) -> None:
    leader, agency, words = OUTCOMES[story]
    row = get_unscoped(played[story])
    found = find_result(row)
    assert found is not None
    sealed = store().get(found.sha256)
    report = verify_pdf(sealed)
    assert report.valid
    *initials, first, second = report.signatures
    assert (first.signer, first.role, second.role) == (leader, "leader", "organisation")
    assert [one.role for one in initials] == (["initials"] if story in INITIALLED else [])
    assert agency.casefold() in second.signer.casefold()
    assert all(item.intact and item.trusted and item.stamped_at for item in report.signatures)
    assert second.covers_whole
    # the stamp is of the machine's own time, the entry of the moment told
    entries = {entry.kind: entry for entry in list_entries(row.pk)}
    paper = ResultPaper.objects.get(dossier=row)
    assert entries["sign"].payload["sha256"] == paper.signed_sha256
    assert entries["seal"].payload["sha256"] == entries["return_result"].payload["sha256"] == found.sha256
    assert paper.signed_at == entries["sign"].at
    only = verify_pdf(store().get(paper.signed_sha256))
    assert only.valid
    assert [item.role for item in only.signatures] == [*(one.role for one in initials), "leader"]
    text = text_of(sealed)
    for word in (*words, row.code):
        assert unicodedata.normalize("NFC", word).casefold() in unicodedata.normalize("NFC", text).casefold()


@pytest.mark.skipif(
    shutil.which("pdfsig") is None, reason="needs pdfsig; get it with: sudo apt-get install poppler-utils"
)
@pytest.mark.parametrize("story", ["birth_the_same_day", "work_permit"])
def test_an_independent_reader_agrees(played: Codes, story: str, tmp_path: Path) -> None:
    file = tmp_path / "result.pdf"
    sealed = store().get(find_sealed_file(get_unscoped(played[story])))

    def said() -> str:
        done = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False)
        return done.stdout

    file.write_bytes(sealed)
    assert said().count("Signature Validation: Signature is Valid.") == 2
    middle = sealed.index(b"stream") + 40
    file.write_bytes(sealed[:middle] + bytes([sealed[middle] ^ 1]) + sealed[middle + 1 :])
    assert said().count("Signature Validation: Signature is Valid.") < 2


def test_numbers_run_without_gap_in_each_series_of_an_agency(played: Codes) -> None:
    series: dict[tuple[str, str], list[int]] = {}
    for paper in ResultPaper.objects.order_by("pk").select_related("dossier__competent_unit"):
        number, _, name = paper.number.partition("/")
        series.setdefault((paper.dossier.competent_unit.code, name), []).append(int(number))
    assert series
    for numbers in series.values():
        assert numbers == list(range(1, len(numbers) + 1))
    assert max(len(numbers) for numbers in series.values()) == 2  # two births and two household businesses


def test_what_was_returned_is_on_record(played: Codes) -> None:
    for story in OUTCOMES:
        row = get_unscoped(played[story])
        result = Result.objects.get(dossier=row)
        assert (result.is_electronic, result.way) == (True, row.return_way)
        assert result.returned_at == row.returned_at >= row.finished_at
        assert result.sha256 == find_sealed_file(row)
    assert Result.objects.count() == len(OUTCOMES)
    refused = get_unscoped(played["household_business_refused"])
    assert find_result(refused) is None
    assert find_sealed_file(refused) == ""
    assert moment("2026-06-03 08:30") == refused.finished_at
