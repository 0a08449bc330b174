"""The QR code on every result: read from the picture of the page by a reader that is not ours."""

import io
import json
from datetime import datetime

import pikepdf
import pypdfium2
import pytest
import segno
import zxingcpp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image

from onestop.documents.adapters.typst import qr_code
from onestop.documents.ports import store
from onestop.documents.rules.uploads import Kind, inspect_content
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.journal.queries import list_entries
from onestop.signatures.rules.claims import Claim, decode_claim, from_digits
from onestop.signing.models import InitialledPaper, ResultPaper
from onestop.signing.rules.claims import Field, choose_fields
from onestop.trust.queries.certificates import find_current_certificate
from onestop.trust.rules import cose
from onestop.validation.queries import verify_pdf

Codes = dict[str, str]
PAPERS = {
    "birth_the_same_day": {Field.NAME: "Nguyễn Gia Bảo An", Field.BORN_ON: "27/02/2026", Field.SEX: "Nữ"},
    "marital_status_with_a_supplement": {Field.NAME: "Trần Văn Bình", Field.PERSONAL_NUMBER: "…1234"},
    "extract_at_once": {"Họ, chữ đệm, tên": "Lương Thị Nga"},
    "household_business_across_the_holiday": {Field.OWNER: "Hoàng Văn Tâm", Field.CAPITAL: "150.000.000 đ"},
    "house_with_a_consultation": {Field.INVESTOR: "Vũ Phương Thảo"},
    "criminal_record": {Field.RECORD: "Không có án tích", Field.BORN_ON: "03/09/1988"},
    "disability_assessment": {Field.NAME: "Đinh Thị Sáu"},
    "work_permit": {Field.NAME: "HANS WEBER", Field.PASSPORT: "…0T47", Field.VALID_UNTIL: "31/08/2028"},
}
LARGEST_CODE_MM, SMALLEST_MODULE_MM = 25.0, 0.33


def picture_of(pdf: bytes, dpi: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[len(document) - 1].render(scale=dpi / 72).to_pil()
    finally:
        document.close()


def sealed(code: str) -> tuple[ResultPaper, bytes]:
    paper = ResultPaper.objects.get(dossier__code=code)
    return paper, store().get(paper.sealed_sha256)


def made_at(paper: ResultPaper) -> datetime:
    """When the claim was made: with the initials if the paper was initialled, else with the leader's signature."""
    initialled = InitialledPaper.objects.filter(dossier=paper.dossier_id).first()
    return initialled.initialled_at if initialled else paper.signed_at


def claim_in(text: str) -> tuple[cose.Message, Claim]:
    message = cose.parse(from_digits(text))
    return message, decode_claim(message.payload)


@pytest.mark.parametrize("story", PAPERS)
def test_the_code_on_the_page_says_what_the_paper_says(played: Codes, story: str) -> None:
    paper, pdf = sealed(played[story])
    (found,) = zxingcpp.read_barcodes(picture_of(pdf, 200))
    message, claim = claim_in(found.text)
    assert found.text.startswith("http://127.0.0.1:8000/xac-minh/#")
    assert (claim.number, claim.title, claim.dossier_code) == (paper.number, paper.title, played[story])
    assert claim.issued_at == made_at(paper).replace(microsecond=0)
    assert PAPERS[story].items() <= dict(claim.fields).items()
    agency = get_unscoped(played[story]).competent_unit.code
    assert claim.issuer == agency
    certificate = find_current_certificate(f"claim:{agency}")
    assert certificate is not None
    assert message.key_id == cose.key_id(bytes(certificate.der))
    key = x509.load_der_x509_certificate(bytes(certificate.der)).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(cose.der_signature(message.signature), message.signed, ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("story", PAPERS)
def test_the_code_is_no_larger_than_25_mm_and_its_modules_no_smaller_than_a_third(played: Codes, story: str) -> None:
    paper, pdf = sealed(played[story])
    (found,) = zxingcpp.read_barcodes(picture_of(pdf, 300))
    width = (found.position.top_right.x - found.position.top_left.x) / 300 * 25.4
    drawn = qr_code(paper.content["claim"])
    modules = int(drawn.split('viewBox="0 0 ', 1)[1].split()[0])
    assert width <= LARGEST_CODE_MM + 0.2
    assert width / modules >= SMALLEST_MODULE_MM
    assert segno.make("x", version=14).symbol_size(border=0)[0] >= modules


def test_a_personal_number_is_never_repeated_whole(played: Codes) -> None:
    numbers = {"022188001234", "022075009876"}
    for paper in ResultPaper.objects.all():
        claim = claim_in(paper.content["claim"])[1]
        said = " ".join(value for _, value in claim.fields)
        assert not [word for word in said.split() if word.isdigit() and len(word) >= 9]
        assert not [number for number in numbers if number in said]


def test_the_entry_of_signing_names_the_claim(played: Codes) -> None:
    paper, _ = sealed(played["birth_the_same_day"])
    entries = {entry.kind: entry for entry in list_entries(paper.dossier_id)}
    assert entries["sign"].payload["claim"] == claim_in(paper.content["claim"])[1].claim_id.hex()


@pytest.mark.parametrize("story", ["birth_the_same_day", "work_permit"])
def test_the_data_are_attached_and_signed_with_the_paper(played: Codes, story: str) -> None:
    paper, pdf = sealed(played[story])
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (name,) = opened.attachments
        data = json.loads(opened.attachments[name].get_file().read_bytes())
        assert opened.attachments[name].relationship == pikepdf.Name.Data
        assert len(opened.Root.AF) == 1
    assert data == {"format": "onestop-result/1", "template": paper.template, "content": paper.content}
    assert verify_pdf(pdf).valid
    assert inspect_content(Kind.PDF, pdf) == ()  # it may come back as a document of another dossier


def test_two_papers_never_share_a_claim(played: Codes) -> None:
    ids = [claim_in(paper.content["claim"])[1].claim_id for paper in ResultPaper.objects.all()]
    assert len(ids) == len(set(ids)) > 5


def test_long_values_are_cut_and_missing_ones_left_out() -> None:
    chosen = dict(choose_fields("birth_certificate", {"name": "A" * 200, "born_on": "2026-02-27", "sex": ""}))
    assert chosen == {Field.NAME: "A" * 79 + "…", Field.BORN_ON: "27/02/2026"}
    items = [{"label": f"Mục {n}", "value": str(n)} for n in range(9)]
    assert choose_fields("decision", {"items": items}) == (("Mục 0", "0"), ("Mục 1", "1"), ("Mục 2", "2"))


def test_a_shorter_code_for_an_address_without_claim() -> None:
    plain = qr_code("http://127.0.0.1:8000/tra-cuu/?code=H49.26.01-260310-0001")
    claimed = qr_code("http://127.0.0.1:8000/xac-minh/#" + "7" * 600)
    sizes = [int(svg.split('viewBox="0 0 ', 1)[1].split()[0]) for svg in (plain, claimed)]
    assert sizes[0] < 40 < sizes[1]
