"""Slips: which there are, what they say, sealed by the agency, made once."""

import unicodedata
from datetime import timedelta

import pypdfium2
import pytest

from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import moment
from onestop.documents.ports import store
from onestop.dossiers.models import DossierPart
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.errors import NotFound
from onestop.notices.models import Slip
from onestop.notices.operations import issue_all, issue_slip, slip_file
from onestop.notices.queries import compose, list_slips
from onestop.notices.rules.slips import OF_VERB, SlipKind, slip_of
from onestop.validation.queries import verify_pdf
from tests.world import World

Codes = dict[str, str]
RECEIPT, SUPPLEMENT, REFUSAL, APOLOGY, CONTROL = (
    SlipKind.RECEIPT, SlipKind.SUPPLEMENT, SlipKind.REFUSAL, SlipKind.APOLOGY, SlipKind.CONTROL,
)  # fmt: skip
EXPECTED = {
    "birth_the_same_day": [RECEIPT, CONTROL],
    "marital_status_with_a_supplement": [RECEIPT, SUPPLEMENT, CONTROL],
    "household_business_refused": [RECEIPT, REFUSAL],
    "not_received": [REFUSAL],
    "withdrawn": [RECEIPT],
    "house_late_with_an_apology": [RECEIPT, APOLOGY, CONTROL],
    "household_business_asked_twice": [RECEIPT, SUPPLEMENT, SUPPLEMENT, CONTROL],
}


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return unicodedata.normalize("NFC", " ".join(" ".join(pages).split()))


@pytest.mark.parametrize("story", EXPECTED)
def test_each_turn_has_its_slip_sealed_by_the_agency(played: Codes, story: str) -> None:
    row = get_unscoped(played[story])
    assert [ref.kind for ref in list_slips(row)] == EXPECTED[story]
    slips = list(Slip.objects.filter(dossier=row).order_by("sequence"))
    assert [slip.kind for slip in slips] == EXPECTED[story]
    for slip in slips:
        report = verify_pdf(store().get(slip.sha256))
        assert report.valid
        assert [item.role for item in report.signatures] == ["receipt"]
        assert report.signatures[0].signer == row.competent_unit.agency_name()
        text = text_of(store().get(slip.sha256))
        assert row.code in text
        assert row.applicant_name in text


def test_a_receipt_promises_what_the_clock_promised(played: Codes) -> None:
    row = get_unscoped(played["birth_after_three"])
    kind, entry, content = compose(row, next(ref.sequence for ref in list_slips(row)))
    assert kind is RECEIPT
    assert entry.kind == "accept"
    assert content["due_at"] == "2026-03-12T17:00"
    assert content["received_at"] == "2026-03-11T15:55"
    assert ("Giấy chứng sinh" in str(content["documents"])) is True
    text = text_of(store().get(slip_file(dossier=row, kind="receipt", number=entry.sequence)))
    assert "Nguyễn Văn Minh" in text
    assert "ngày 12 tháng 3 năm 2026" in text


def test_a_supplement_request_says_why_and_how_and_on_what_ground(played: Codes) -> None:
    row = get_unscoped(played["marital_status_with_a_supplement"])
    slip = Slip.objects.get(dossier=row, kind="supplement_request")
    text = text_of(store().get(slip.sha256))
    for word in ("Tải lên bản án, quyết định ly hôn", "123/2015/NĐ-CP"):
        assert word in text


def test_a_refusal_names_every_reason(played: Codes) -> None:
    row = get_unscoped(played["household_business_refused"])
    text = text_of(store().get(Slip.objects.get(dossier=row, kind="refusal").sha256))
    for word in ("đang là chủ hộ kinh doanh khác", "61/2020/QH14", "168/2025/NĐ-CP"):
        assert word in text


def test_an_apology_gives_the_new_date_and_the_old(played: Codes) -> None:
    row = get_unscoped(played["house_late_with_an_apology"])
    sequence = Slip.objects.get(dossier=row, kind="apology").sequence
    _, _, content = compose(row, sequence)
    assert content["new_due_at"] == "2026-07-20T17:00"
    assert content["due_at"] == "2026-07-15T17:00"
    assert "sau mưa bão" in content["reason"]


def test_a_control_slip_names_every_hand_and_who_was_late(played: Codes) -> None:
    late = get_unscoped(played["house_late_with_an_apology"])
    _, _, content = compose(late, late.journal_sequence)
    verdicts = [step["verdict"] for step in content["steps"]]
    # due on 15 July: what was done from the 16th on is late, and nothing before
    assert verdicts == ["Đúng hạn"] * 5 + ["Quá hạn"] * 6
    good = get_unscoped(played["birth_the_same_day"])
    _, _, content = compose(good, good.journal_sequence)
    assert {step["verdict"] for step in content["steps"]} == {"Đúng hạn"}
    assert content["steps"][-1]["received_by"] == "Người nộp hồ sơ"


def test_slips_are_made_once(played: Codes) -> None:
    before = list(Slip.objects.order_by("pk").values())
    for code in played.values():
        assert issue_all(dossier=get_unscoped(code)) == []
    row = get_unscoped(played["birth_the_same_day"])
    first = Slip.objects.filter(dossier=row).order_by("sequence")[0]
    again = issue_slip(dossier=row, sequence=first.sequence)
    assert again.pk == first.pk
    assert again.sha256 == first.sha256
    assert slip_file(dossier=row, kind="receipt", number=first.sequence) == first.sha256
    assert list(Slip.objects.order_by("pk").values()) == before


def test_there_is_no_slip_of_what_has_none(played: Codes) -> None:
    row = get_unscoped(played["birth_the_same_day"])
    for kind, number in (("receipt", 1), ("receipt", 999), ("refusal", 2), ("nonsense", 2), ("receipt", -1)):
        with pytest.raises(NotFound):
            slip_file(dossier=row, kind=kind, number=number)


def test_a_receipt_made_late_lists_what_was_there_then(world: World) -> None:
    play = world.stage.file("1.004873", "binh", HONG_GAI, "2026-04-06 08:15", answers=answers.marital("binh"))
    play.accept("2026-04-06 09:00")
    row = get_unscoped(play.code)
    before = compose(row, 2)[2]
    DossierPart.objects.create(
        dossier=row,
        document="MARITAL_STATUS_OLD",
        given="paper",
        added_at=moment("2026-04-06 09:00") + timedelta(days=3),
    )
    assert compose(get_unscoped(play.code), 2)[2]["documents"] == before["documents"]


def test_which_deed_has_which_slip() -> None:
    assert {slip_of(verb.value) for verb in OF_VERB} == set(SlipKind)
    assert slip_of("withdraw") is None
    assert slip_of("not_a_verb") is None
