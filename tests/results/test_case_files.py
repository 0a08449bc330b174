"""A court checks a case file: the instruction inside it is followed line by line, with standard programs only."""

import hashlib
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from onestop.accounts.queries import find_account
from onestop.demo.stage import moment
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.results.operations.case_files import make_case_file
from onestop.results.rules import case_files as rules
from onestop.validation.queries.containers import read_container
from tests.results.cases import DAY, returned
from tests.world import World

PROGRAMS = ("sh", "openssl", "sha256sum", "unzip", "pdfsig", "grep", "cut")
needs_programs = pytest.mark.skipif(
    not all(shutil.which(program) for program in PROGRAMS),
    reason="needs openssl, unzip and pdfsig; get them with: sudo apt-get install openssl unzip poppler-utils",
)


def unpacked(case: bytes, folder: Path) -> Path:
    """Unpack as a court does."""
    (folder / "case.asice").write_bytes(case)
    subprocess.run(["unzip", "-q", "case.asice", "-d", "case"], cwd=folder, check=True)
    return folder / "case"


def found_by(folder: Path) -> set[str]:
    """Follow the instruction; return what it calls BAD, and what fails by itself."""
    script = (folder / "README.txt").read_text().partition(rules.BEGINNING)[2]
    assert len(script.splitlines()) <= 20
    said = subprocess.run(["sh", "-c", script], cwd=folder, capture_output=True, text=True, check=True).stdout
    assert "Fingerprint" in said
    return {line.split()[1] for line in said.splitlines() if line.startswith("BAD")}


@pytest.fixture
def case(world: World) -> bytes:
    return make_case_file(get_unscoped(returned(world).code), at=moment(f"{DAY} 15:00"))


def change(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def one_byte_of_a_document(case: Path) -> None:
    change(min(case.glob("documents/*.pdf")))


def one_byte_of_an_entry(case: Path) -> None:
    change(sorted(case.glob("journal/*.json"))[1])


def a_document_is_gone(case: Path) -> None:
    min(case.glob("documents/*.pdf")).unlink()


def two_entries_are_swapped(case: Path) -> None:
    for kind in ("json", "json.p7s"):
        first, second = sorted(case.glob(f"journal/*.{kind}"))[1:3]
        kept = first.read_bytes()
        first.write_bytes(second.read_bytes())
        second.write_bytes(kept)


def an_entry_is_gone(case: Path) -> None:
    for path in sorted(case.glob("journal/0003-*")):
        path.unlink()


def list_anew(case: Path) -> None:
    """What somebody does who wants to hide it: the list is written again."""
    names = [path for path in sorted(case.rglob("*")) if path.is_file() and path.parent.name != "META-INF"]
    kept = {str(path.relative_to(case)) for path in names}
    kept -= {"mimetype", rules.MANIFEST, f"{rules.MANIFEST}.p7s", f"{rules.MANIFEST}.tst"}
    (case / rules.MANIFEST).write_bytes(rules.manifest({name: (case / name).read_bytes() for name in kept}))


HARMS = {
    one_byte_of_a_document: {"documents"},
    one_byte_of_an_entry: {"journal", "order"},
    a_document_is_gone: {"missing"},
    two_entries_are_swapped: {"order"},
    an_entry_is_gone: {"order"},
}


@needs_programs
def test_a_whole_case_is_found_whole(case: bytes, tmp_path: Path) -> None:
    assert found_by(unpacked(case, tmp_path)) == set()


@needs_programs
@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_whatever_is_done_to_it_is_found(case: bytes, tmp_path: Path, harm: Callable[[Path], None]) -> None:
    folder = unpacked(case, tmp_path)
    harm(folder)
    assert "files" in found_by(folder)
    list_anew(folder)
    found = found_by(folder)
    assert "files" not in found
    assert {"list", "time"} <= found
    assert {word.partition("/")[0] for word in found} >= HARMS[harm]


def test_everything_is_in_it(world: World) -> None:
    row = get_unscoped(returned(world).code)
    with zipfile.ZipFile(io.BytesIO(make_case_file(row, at=moment(f"{DAY} 15:00")))) as archive:
        names = archive.namelist()
        assert names[0] == "mimetype"
        assert archive.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        kinds = [
            name.split("-", 1)[1].removesuffix(".json") for name in names if name.endswith(".json") and "-" in name
        ]
        assert kinds[:2] == ["submit", "accept"]
        assert kinds[-3:] == ["approve", "seal", "return_result"]
        listed = archive.read("documents.txt").decode()
        assert "result, sealed" in listed
        documents = [name for name in names if name.startswith("documents/")]
        for name in documents:
            assert hashlib.sha256(archive.read(name)).hexdigest() in name
        said = archive.read("README.txt").decode()
        for language in said.partition(rules.BEGINNING)[0].split("\n\nCASE FILE"):
            assert len(language.splitlines()) <= 20
        assert "Tệp này tự chứng minh" in said
        assert "This file proves itself" in said


def test_it_is_a_container_as_others_read_them(case: bytes) -> None:
    contents = read_container(case)
    assert not contents.findings
    assert len(contents.signed) >= 1


def log_in(username: str) -> Client:
    account = find_account(username)
    assert account is not None
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_applicant_and_the_officer_get_it_a_stranger_does_not_and_the_reading_is_kept(world: World) -> None:
    from onestop.applicants.models import ReadRecord

    play = returned(world)
    before = ReadRecord.objects.count()
    answer = log_in("lan").get(f"/ho-so/{play.code}/ho-so-vu-viec/")
    assert (answer.status_code, answer["Content-Type"]) == (200, rules.MEDIA_TYPE)
    assert ReadRecord.objects.count() == before  # one's own is no reading by others
    assert log_in("hoa").get(f"/xu-ly/ho-so/{play.code}/ho-so-vu-viec/").status_code == 200
    assert ReadRecord.objects.count() == before + 1
    assert log_in("binh").get(f"/ho-so/{play.code}/ho-so-vu-viec/").status_code == 404
    assert Client().get(f"/ho-so/{play.code}/ho-so-vu-viec/").status_code == 302
