"""The page of the public log answers in words; its files are those that monitors ask for."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.journal.models import JournalEntry
from onestop.journal.operations import publish_log
from onestop.journal.queries import list_entries, stored
from onestop.journal.queries.log import get_status
from onestop.journal.queries.proofs import make_proof
from onestop.journal.rules import entry_hash
from onestop.journal.rules.notes import COSIGNATURE, cosign, verifier_of
from onestop.journal.rules.proofs import check_proof
from tests.journal.log.conftest import PublicLog, public_log  # noqa: F401  a fixture
from tests.journal.log.test_tampering import Scene, rebuild
from tests.web.portal.conftest import log_in

STORY = "birth_the_same_day"
Codes = dict[str, str]


@pytest.fixture
def published(played: Codes, public_log: PublicLog) -> Codes:  # noqa: F811
    publish_log(at=datetime.now(UTC))
    return played


def proof_of(code: str, number: int) -> bytes:
    return make_proof(list_entries(get_unscoped(code).pk)[number - 1])


def ask(**typed: object) -> str:
    client = Client()
    client.cookies["lang"] = "en"
    return client.post("/nhat-ky/", typed).content.decode()


@pytest.mark.parametrize("language", ["vi", "en", "ur"])
def test_everybody_sees_where_the_log_stands(published: Codes, public_log: PublicLog, language: str) -> None:  # noqa: F811
    client = Client()
    client.cookies["lang"] = language
    page = client.get("/nhat-ky/").content.decode()
    assert public_log.checkpoint().head.root.hex() in page
    assert "onestop watch http" in page
    words = {"vi": "Nhật ký công khai", "en": "Public log", "ur": "عوامی روزنامچہ"}
    assert words[language] in page


def test_before_anything_was_published_the_page_says_so(played: Codes, public_log: PublicLog) -> None:  # noqa: F811
    page = Client(headers={"accept-language": "en"}).get("/nhat-ky/")
    assert page.status_code == 200
    assert ask(proof="rubbish").count("No, this proof does not hold") == 1


def test_a_proof_is_answered_in_words(published: Codes) -> None:
    code = published[STORY]
    proof = proof_of(code, 7)
    for page in (ask(proof=proof.decode()), ask(proof=proof.decode().replace("\n", "\r\n")),
                 ask(file=BytesIO(proof)), ask(proof=proof.decode(), code=f" {code.lower()} ")):  # fmt: skip
        assert "Yes, this is in the public log" in page
        assert code in page
        assert "step 7 of this dossier" in page


def test_a_proof_of_another_dossier_says_so(published: Codes) -> None:
    page = ask(proof=proof_of(published[STORY], 1).decode(), code=published["withdrawn"])
    assert "No, this proof does not hold" in page
    assert "belongs to another dossier" in page
    assert published[STORY] not in page


def test_an_altered_proof_says_what_is_wrong(published: Codes) -> None:
    proof = proof_of(published[STORY], 2).decode()
    lines = proof.split("\n")
    swapped = "\n".join([*lines[:3], lines[4], lines[3], *lines[5:]])
    other = proof.replace("/nhat-ky\n", "/other\n")
    cases: dict[str, str] = {
        "hello": "This is no proof",
        swapped: "something in it was altered",
        other: "belongs to another log",
        proof.replace(lines[-2][-12:], "AAAAAAAAAAA="): "its signature does not hold",
    }
    for typed, words in cases.items():
        page = ask(proof=typed)
        assert "No, this proof does not hold" in page, words
        assert words in page
    assert "There was no proof" in ask(proof="")


def test_a_log_rewritten_since_is_told_to_the_holder(published: Codes, public_log: PublicLog) -> None:  # noqa: F811
    proof = proof_of(published[STORY], 2)
    rebuild(Scene("", public_log, public_log.folder, [], []))
    page = ask(proof=proof.decode())
    assert "the log has been rewritten" in page


def test_an_entry_that_came_much_too_late_is_told(published: Codes) -> None:
    last = list_entries(get_unscoped(published[STORY]).pk)[-1]
    early = last.recorded_at - timedelta(days=9)
    forged = JournalEntry.objects.get(pk=last.pk)
    forged.pk, forged.sequence, forged.recorded_at = None, last.sequence + 1, early
    forged.hash = entry_hash(stored(forged).body)
    forged.save(force_insert=True)
    publish_log(at=datetime.now(UTC))
    assert "claims to be much older" in ask(proof=make_proof(forged).decode())


def test_only_the_owner_gets_the_proofs_of_a_dossier(published: Codes, public_log: PublicLog) -> None:  # noqa: F811
    code = published[STORY]
    lan = log_in("lan")
    page = lan.get(f"/ho-so/{code}/").content.decode()
    assert f"/ho-so/{code}/bang-chung/7/" in page
    answer = lan.get(f"/ho-so/{code}/bang-chung/7/")
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    report = check_proof(answer.content, [public_log.key])
    assert report.holds
    assert report.entry["kind"] == "seal"
    assert log_in("binh").get(f"/ho-so/{code}/bang-chung/7/").status_code == 404
    assert lan.get(f"/ho-so/{code}/bang-chung/99/").status_code == 404


def test_a_proof_that_is_not_there_yet_is_no_error_of_the_reader(played: Codes, public_log: PublicLog) -> None:  # noqa: F811
    answer = log_in("lan").get(f"/ho-so/{played[STORY]}/bang-chung/1/")
    assert answer.status_code == 404
    assert "within a minute" in answer.content.decode()


def test_files_are_served_as_monitors_expect(published: Codes, public_log: PublicLog) -> None:  # noqa: F811
    client = Client()
    size = public_log.checkpoint().head.size
    head = client.get("/nhat-ky/checkpoint")
    assert head.content == public_log.read("checkpoint")
    assert (head["Content-Type"], head["Cache-Control"]) == ("text/plain; charset=utf-8", "no-cache")
    assert client.get("/nhat-ky/checkpoint", headers={"if-none-match": head["ETag"]}).status_code == 304
    tile = client.get(f"/nhat-ky/tile/0/000.p/{size}")
    assert len(tile.content) == 32 * size
    assert tile["Content-Type"] == "application/octet-stream"
    assert "immutable" in tile["Cache-Control"]
    assert len(client.get(f"/nhat-ky/tile/entries/000.p/{size}").content) == 34 * size
    assert client.get(f"/nhat-ky/checkpoints/{size:03}").content == head.content
    assert client.get("/nhat-ky/checkpoint.tst").content[:1] == b"0"
    assert client.get("/nhat-ky/key").content.decode().strip() == str(public_log.key)
    for name in ("tile/0/001", "tile/../key", "tile/0/.000", "tile//0", "checkpoint.pem", "log.key"):
        assert client.get(f"/nhat-ky/{name}").status_code == 404, name


def test_a_witness_may_bring_its_cosignature(published: Codes, public_log: PublicLog, settings: object) -> None:  # noqa: F811
    witness, text = Ed25519PrivateKey.generate(), public_log.checkpoint().head.text
    settings.LOG_WITNESSES = [str(verifier_of("witness.example/w1", witness, COSIGNATURE))]  # type: ignore[attr-defined]
    line = str(cosign("witness.example/w1", witness, text, datetime.now(UTC)))
    client = Client(enforce_csrf_checks=True)

    def send(body: str) -> int:
        return client.post("/nhat-ky/dong-ky/", body, content_type="text/plain").status_code

    assert send("rubbish") == 403
    assert send(str(cosign("witness.example/w1", Ed25519PrivateKey.generate(), text, datetime.now(UTC)))) == 403
    assert get_status().witnesses == ()
    assert send(line) == 200
    publish_log(at=datetime.now(UTC))
    assert get_status().witnesses == ("witness.example/w1",)
    assert line in public_log.read("checkpoint").decode()
    assert line in make_proof(list_entries(get_unscoped(published[STORY]).pk)[0]).decode()
    assert client.get("/nhat-ky/dong-ky/").status_code == 405
