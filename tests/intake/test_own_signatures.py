"""What an applicant signed is checked as it comes in: whether it holds, whose it is, and what is kept of that."""

import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import moment
from onestop.demo.stories import BIRTH
from onestop.documents.operations import keep_upload
from onestop.dossiers.models import Dossier, DossierPart
from onestop.dossiers.queries.audits import audit_journal
from onestop.dossiers.rules.filing import Channel, Filer, Given, PartGiven
from onestop.intake.operations.filing import Filing, submit
from onestop.journal.queries import list_entries
from onestop.signatures.operations import sign_pdf
from onestop.signatures.operations.detached import sign_file
from onestop.trust import ports
from onestop.trust.adapters.local_authority import LocalAuthority
from onestop.trust.rules import KeyKind, SignatureRole
from onestop.trust.rules.certificates import FIRST_VALID
from tests.web.officers import Hall
from tests.world import World

AT = moment("2026-03-10 09:00")
SIGNED_AT = AT - timedelta(hours=2)
KEY, LAN, LANS_NUMBER = "officer:990001", "Nguyễn Thị Lan", "022195004321"


def make_paper(width: int = 595) -> bytes:
    """A page, as office programs write it: objects in the open."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(width, 842))
        made.save(out, deterministic_id=True)
    return out.getvalue()


PAPER = make_paper()


@pytest.fixture
def certify(world: World) -> Iterator[Callable[..., None]]:
    """Gives somebody outside a key and a certificate; by default Lan, with her number in it."""

    def give(uid: str = f"CCCD:{LANS_NUMBER}", name: str = LAN, authority: ports.Authority | None = None) -> None:
        subject = ports.Subject(uid, name, "", KeyKind.OFFICER, FIRST_VALID, FIRST_VALID.replace(year=2033))
        ports.keys().enrol(KEY, lambda public: (authority or ports.authority()).issue(subject, public))

    yield give
    ports.keys().withdraw(KEY)


def signed_pdf(pdf: bytes = PAPER, at: Any = SIGNED_AT) -> bytes:
    return sign_pdf(pdf=pdf, key=KEY, at=at, role=SignatureRole.RECEIPT, name_shown=LAN)


def beside(pdf: bytes = PAPER, at: Any = SIGNED_AT) -> bytes:
    return sign_file(digest=hashlib.sha256(pdf).digest(), key=KEY, at=at)


@pytest.fixture
def file(world: World) -> Callable[..., tuple[DossierPart, dict[str, Any]]]:
    """Files a birth with this paper; returns the part's row and what the journal says of it."""

    def act(pdf: bytes, p7s: bytes = b"") -> tuple[DossierPart, dict[str, Any]]:
        kept = keep_upload(name="giấy chứng sinh.pdf", data=pdf)
        signature = keep_upload(name="giấy chứng sinh.pdf.p7s", data=p7s).sha256 if p7s else ""
        part = PartGiven(
            "BIRTH_NOTICE", Given.FILE, kept.sha256, kept.name, kept.size, kept.media_type, p7s_sha256=signature
        )
        filing = Filing(
            procedure_code=BIRTH,
            applicant_id=world.stage.applicant_id("lan"),
            agency_code=world.stage.unit_code(HONG_GAI),
            channel=Channel.ONLINE,
            filer=Filer.SELF,
            answers=answers.birth(),
            parts=(part,),
        )
        dossier = submit(filing=filing, by=world.applicant("lan", "2026-03-10 09:00"), at=AT)
        (entry,) = list_entries(dossier.pk)
        (said,) = entry.payload["parts"]
        return DossierPart.objects.get(dossier=dossier), said.get("signature")

    return act


def test_a_pdf_signed_by_the_applicant(certify: Any, file: Any) -> None:
    certify()
    part, said = file(signed_pdf())
    assert said == {
        "p7s_sha256": "",
        "outcome": "holds",
        "match": "number",
        "signed_at": SIGNED_AT.astimezone(UTC).isoformat(),
        "stamped": True,
        "reasons": [],
    }
    assert part.signature["signer"] == LAN
    assert audit_journal().holds


def test_a_signature_in_a_file_of_its_own(certify: Any, file: Any) -> None:
    certify()
    part, said = file(PAPER, beside())
    assert (said["outcome"], said["match"], said["p7s_sha256"]) == ("holds", "number", part.p7s_sha256)
    assert part.p7s_sha256


def test_the_journal_names_nobody(certify: Any, file: Any) -> None:
    certify()
    file(signed_pdf())
    (entry,) = list_entries(Dossier.objects.get().pk)
    assert LAN not in str(entry.payload)
    assert LANS_NUMBER not in str(entry.payload)


def altered(pdf: bytes) -> bytes:
    """One digit of the page's width, of the same length."""
    spoilt = pdf.replace(b"[ 0 0 595 842 ]", b"[ 0 0 596 842 ]", 1)
    assert spoilt != pdf
    return spoilt


@pytest.mark.parametrize("way", ["inside", "beside"])
def test_an_altered_paper_fails_and_still_comes_in(certify: Any, file: Any, way: str) -> None:
    certify()
    part, said = file(altered(signed_pdf())) if way == "inside" else file(altered(PAPER), beside())
    assert said["outcome"] == "fails"
    assert said["reasons"]
    assert part.sha256, "the officer decides, not the check"


@pytest.mark.parametrize(
    ("uid", "name", "match"),
    [
        ("", LAN, "name"),
        ("CCCD:022195009999", LAN, "other"),
        ("CCCD:022088001234", "Trần Văn Bình", "other"),
        ("officer:12", "Lê Thị Hoa", "other"),
    ],
)
def test_whose_signature_it_is(certify: Any, file: Any, uid: str, name: str, match: str) -> None:
    certify(uid or "none", name)
    _, said = file(signed_pdf())
    assert (said["outcome"], said["match"]) == ("holds", match)


def test_an_authority_that_is_not_known_here(certify: Any, file: Any, tmp_path: Path) -> None:
    certify(authority=LocalAuthority(tmp_path, "another secret"))
    _, said = file(signed_pdf())
    assert said["outcome"] == "open"
    assert "certificate.untrusted" in said["reasons"]


def test_a_signature_from_the_future(certify: Any, file: Any) -> None:
    certify()
    _, said = file(signed_pdf(at=AT + timedelta(days=3)))
    assert said["outcome"] == "open"
    assert "signature.in_future" in said["reasons"]


def test_a_signed_file_that_cannot_be_read(certify: Any, file: Any) -> None:
    certify()
    _, said = file(signed_pdf().replace(b"\nxref\n", b"\nxerf\n"))
    assert (said["outcome"], said["match"]) == ("open", "unknown")
    assert said["reasons"]


def test_a_paper_that_nobody_signed(certify: Any, file: Any) -> None:
    part, said = file(PAPER)
    assert said is None
    assert part.signature is None


# -- what people see ----------------------------------------------------------------------------------


@pytest.fixture
def hall(world: World, monkeypatch: pytest.MonkeyPatch) -> Hall:
    return Hall(world, monkeypatch)


WORDS = {
    "en": ("The signature holds", "the certificate carries the applicant's number", "Time stamp"),
    "vi": ("Chữ ký số hợp lệ", "chứng thư số ghi đúng số định danh của người nộp", "Dấu thời gian"),
    "ur": ("دستخط درست ہے", "سرٹیفکیٹ میں درخواست گزار کا نمبر درج ہے", "وقت کی مہر"),
}


def test_the_officer_reads_it_in_words(certify: Any, file: Any, hall: Hall) -> None:
    certify()
    file(signed_pdf())
    code = Dossier.objects.get().code
    for language, words in WORDS.items():
        page = hall.log_in("minh", language).get(f"/mot-cua/ho-so/{code}/").content.decode()
        assert [word for word in words if word not in page.replace("&#x27;", "'")] == []


def test_a_doubtful_one_says_why(certify: Any, file: Any, hall: Hall) -> None:
    certify("CCCD:022088001234", "Trần Văn Bình")
    file(altered(signed_pdf()))
    page = hall.log_in("minh").get(f"/mot-cua/ho-so/{Dossier.objects.get().code}/").content.decode()
    assert "Do not rely on this signature" in page
    assert "the certificate names Trần Văn Bình" in page
    assert "The content was altered after signing" in page


def test_a_signature_file_is_handed_in_beside_the_paper(certify: Any, hall: Hall) -> None:
    certify()
    client = hall.log_in("lan")
    address = client.post(f"/thu-tuc/{BIRTH}/nop/", {"applicant": hall.world.stage.applicant_id("lan")})["Location"]
    page = f"{address}giay-to/"
    assert "My signature is in a file of its own" in client.get(page).content.decode()

    def send(**files: tuple[str, bytes]) -> Any:
        return client.post(page, {name.replace("_", "-", 1): SimpleUploadedFile(*one) for name, one in files.items()})

    wrong = send(file_BIRTH_NOTICE=("a.pdf", PAPER), signature_BIRTH_NOTICE=("b.pdf", PAPER))
    assert wrong.status_code == 422
    assert "This is no signature file" in wrong.content.decode()
    assert send(signature_BIRTH_NOTICE=("a.pdf.p7s", beside())).status_code == 302
    assert "A signature file is attached" in client.get(page).content.decode()
    where = {"agency": hall.world.stage.unit_code(HONG_GAI), "way": "2"}
    client.post(f"{address}noi-nop/", where)
    for number in range(1, 9):
        form = f"{address}to-khai/{number}/"
        shown = client.get(form)
        if shown.status_code == 200:
            typed = {n: v for n, v in answers.birth().items() if f'name="{n}"' in shown.content.decode()}
            client.post(form, typed)
    client.post(f"{address}kiem-tra/", {"procedure": BIRTH})
    assert DossierPart.objects.get().signature["match"] == "number"
