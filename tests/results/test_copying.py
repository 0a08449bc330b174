"""A certified electronic copy: the agency signs over a scan that an officer made, by the clerk who keeps the seal."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.db import transaction

from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import Play, moment
from onestop.documents.ports import store
from onestop.dossiers.models import DossierPart
from onestop.dossiers.queries.dossiers import get_unscoped, list_parts
from onestop.dossiers.queries.facts import verbs_for
from onestop.dossiers.rules.filing import Channel, Filer, Given, ReturnWay
from onestop.dossiers.rules.states import Verb
from onestop.errors import NotFound, OneStopError, Refused
from onestop.journal.queries import list_entries
from onestop.results.operations import certify_copy
from onestop.results.operations.case_files import make_case_file
from onestop.validation.queries import verify_file
from onestop.validation.rules import Indication
from tests.web.officers import Hall
from tests.world import World

BIRTH = "1.001193"
AT = "2026-04-06 10:00"


@pytest.fixture
def play(world: World) -> Play:
    """A birth registered from paper at the counter: scanned, signed, sealed."""
    filed = world.stage.file(
        BIRTH, "oanh", HONG_GAI, "2026-04-06 08:00", answers=answers.birth("oanh"),
        papers={"BIRTH_NOTICE": "Giấy chứng sinh", "FORM_BIRTH": "Tờ khai"},
        channel=Channel.COUNTER, filer=Filer.BY_OFFICER, way=ReturnWay.COUNTER,
    )  # fmt: skip
    filed.digitise("2026-04-06 08:05").accept("2026-04-06 08:10")
    return filed.appraise("2026-04-06 08:20").sign("2026-04-06 09:00").seal("2026-04-06 09:10")


def scan_of(play: Play) -> DossierPart:
    return next(part for part in list_parts(get_unscoped(play.code)) if part.given == Given.SCAN)


def certify(world: World, play: Play, part: int, who: str = "thu") -> DossierPart:
    certify_copy(code=play.code, part_id=part, by=world.officer(who, AT), at=moment(AT))
    return DossierPart.objects.get(given=Given.COPY)


def refused(world: World, play: Play, part: int, who: str = "thu") -> OneStopError:
    with pytest.raises(OneStopError) as caught, transaction.atomic():
        certify(world, play, part, who)
    return caught.value


def test_the_copy_bears_the_officer_s_and_the_agency_s_signature(world: World, play: Play, tmp_path: Path) -> None:
    scan = scan_of(play)
    copy = certify(world, play, scan.pk)
    data = store().get(copy.sha256)
    assert data.startswith(store().get(scan.sha256))
    report = verify_file(data, moment("2026-04-07 08:00"))
    assert [one.role for one in report.signatures] == ["scan", "copy"]
    assert all(one.verdict.indication is Indication.TOTAL_PASSED for one in report.signatures)
    assert HONG_GAI.removeprefix("Phường ") in report.signatures[1].signer
    entry = list_entries(get_unscoped(play.code).pk)[-1]
    assert (entry.kind, entry.payload["copy_of"], entry.payload["sha256"]) == (
        "certify_copy", scan.sha256, copy.sha256,
    )  # fmt: skip
    if shutil.which("pdfsig"):
        (tmp_path / "copy.pdf").write_bytes(data)
        said = subprocess.run(
            ["pdfsig", "-nocert", str(tmp_path / "copy.pdf")], capture_output=True, text=True, check=False
        )
        assert said.stdout.count("Signature is Valid") == 2


def test_what_cannot_be_certified(world: World, play: Play) -> None:
    scan = scan_of(play)
    certify(world, play, scan.pk)
    assert refused(world, play, scan.pk).code == "copy.made_already"
    copy = DossierPart.objects.get(given=Given.COPY)
    assert refused(world, play, copy.pk).code == "copy.not_a_scan"
    assert isinstance(refused(world, play, 999_999_999), NotFound)
    for other in ("minh", "quang", "hoa"):
        assert isinstance(refused(world, play, scan.pk, other), Refused)
        assert Verb.CERTIFY_COPY not in verbs_for(get_unscoped(play.code), world.officer(other, AT))
    assert DossierPart.objects.filter(given=Given.COPY).count() == 1


def test_the_clerk_certifies_on_the_page_and_the_copy_is_among_the_papers(
    world: World, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Hall(world, monkeypatch)
    hall.at(AT)
    clerk = hall.log_in("thu")
    page = clerk.get(f"/xu-ly/ho-so/{play.code}/").content.decode()
    assert "Certify an electronic copy" in page
    seen = get_unscoped(play.code).journal_sequence
    sent = {"part": scan_of(play).pk, "seen": seen}
    for _ in range(2):  # the second press is told that it was done already
        assert clerk.post(f"/xu-ly/ho-so/{play.code}/chung-thuc-ban-sao/", sent).status_code == 302
    copy = DossierPart.objects.get(given=Given.COPY)
    owner = hall.log_in("oanh")
    shown = owner.get(f"/ho-so/{play.code}/").content.decode()
    assert "Certified electronic copy" in shown
    assert owner.get(f"/ho-so/{play.code}/tep/{copy.pk}/").status_code == 200
    assert hall.log_in("binh").get(f"/ho-so/{play.code}/tep/{copy.pk}/").status_code == 404


def test_the_case_file_holds_the_copy(world: World, play: Play) -> None:
    copy = certify(world, play, scan_of(play).pk)
    archive = make_case_file(get_unscoped(play.code), at=moment(AT))
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert f"documents/{copy.sha256}.pdf" in opened.namelist()
