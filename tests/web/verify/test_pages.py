"""What the check publishes, and what it answers to those without scripts."""

import hashlib
import html
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onestop.demo.stage import Play, moment
from onestop.documents.ports import store
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.results.operations import revoke_result
from onestop.results.queries import find_result
from onestop.results.rules.revocations import RevocationCause, find_in_list
from onestop.signing.rules.claims import Field
from onestop.trust import ports
from onestop.trust.adapters.null import NoKeys
from onestop.trust.queries.published import find_published, is_signed
from onestop.trust.rules import cose
from onestop.web.verify.bundling import bundle
from onestop.web.verify.wording import FIELDS, words_in_all_languages
from tests.results.cases import DAY, claim_of, claim_text, leader_of, returned
from tests.world import World

LANGUAGES = ("vi", "en", "ur")


def client_in(language: str) -> Client:
    client = Client()
    client.cookies["lang"] = language
    return client


def ask(text: str = "", file: bytes | None = None, language: str = "en") -> str:
    sent = {"text": text} | ({"file": SimpleUploadedFile("a.pdf", file)} if file is not None else {})
    return html.unescape(client_in(language).post("/xac-minh/", sent).content.decode())


def verdict(page: str) -> str:
    (found,) = re.findall(r'data-verdict="(\w+)"', page)
    return str(found)


def revoke_now(world: World, play: Play) -> None:
    revoke_result(
        code=play.code,
        cause=RevocationCause.BY_JUDGMENT,
        reason="Theo bản án.",
        ground="Bản án 12/2026/HC-ST",
        by=leader_of(world, play),
        at=moment(f"{DAY} 10:00"),
    )


def test_without_scripts_the_server_says_the_same(world: World) -> None:
    play = returned(world)
    result = find_result(get_unscoped(play.code))
    assert result is not None
    pdf = store().get(result.sha256)
    for page in (ask(claim_text(play)), ask(file=pdf)):
        assert verdict(page) == "holds"
        for word in ("Nguyễn Thị Lan", "12/04/1995", play.code, "Ủy ban nhân dân phường Hồng Gai", "…4321"):
            assert word in page
    assert "Trần Quang Huy" in ask(file=pdf)
    assert verdict(ask("hello")) == verdict(ask("")) == verdict(ask(file=b"hello")) == "unknown"
    assert verdict(ask(file=pdf + b"\n% added")) == "fails"
    revoke_now(world, play)
    page = ask(claim_text(play), language="vi")
    assert verdict(page) == "revoked"
    assert "Kết quả này đã bị thu hồi ngày" in page
    assert "Theo bản án, quyết định đã có hiệu lực" in page
    assert "Nguyễn Thị Lan" in page


def test_what_does_not_hold_is_not_repeated_as_if_it_did(world: World) -> None:
    """A forged name beside a red banner is still remembered; the claim of a forged code is not shown at all."""
    play = returned(world)
    digits = claim_text(play)
    forged = str(int(digits.rpartition("#")[2]) ^ (1 << 700))
    page = ask(forged)
    assert verdict(page) in {"fails", "unknown"}
    assert verdict(page) == "unknown" or "Nguyễn Thị Lan" not in page


def test_the_list_at_its_stable_address_is_signed_and_complete(world: World) -> None:
    play = returned(world)
    revoke_now(world, play)
    answer = Client().get("/xac-minh/thu-hoi.cose")
    assert answer["Access-Control-Allow-Origin"] == "*"
    message = cose.parse(answer.content)
    key = find_published(message.key_id)
    assert key is not None
    assert is_signed(message, key.certificate)
    assert find_in_list(message.payload, claim_of(play).claim_id) == (moment(f"{DAY} 10:00"), 5)


def test_what_is_published_names_keys_and_nobody_else(world: World) -> None:
    found = Client().get("/xac-minh/tin-cay.json").json()
    assert found["format"] == "onestop-trust/1"
    names = {key["key"].partition(":")[0] for key in found["keys"]}
    assert names == {"claim", "seal", "system"}
    assert {key["key"] for key in found["keys"] if key["key"].startswith("system")} == {"system:status"}
    assert len(found["roots"]) == 1
    assert "officer" not in str(found["keys"])


def test_the_hash_shown_is_that_of_the_file_downloaded(world: World) -> None:
    page = Client().get("/xac-minh/").content.decode()
    (shown,) = re.findall(r"\b[0-9a-f]{64}\b", page)
    answer = Client().get("/xac-minh/onestop-xac-minh.html")
    assert hashlib.sha256(answer.content).hexdigest() == shown == answer["X-Content-SHA256"]
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_file_asks_nothing_of_the_network_and_runs_nothing_but_its_own(world: World) -> None:
    content = Client().get("/xac-minh/onestop-xac-minh.html").content.decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', content)
    policy = html.unescape(policy)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    assert not re.findall(r'(?:src|href)="', content.partition("<script>")[0])


def test_only_this_page_may_ask_for_the_camera(world: World) -> None:
    page = Client().get("/xac-minh/")
    assert page["Permissions-Policy"] == "camera=(self), microphone=(), geolocation=()"
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]


def test_every_field_and_reason_has_words_in_three_languages() -> None:
    said = words_in_all_languages()
    assert set(FIELDS) == set(Field)
    assert {len(table) for table in said.values()} == {len(said["en"])}
    for key, sentence in said["en"].items():
        assert sentence
        for language in ("vi", "ur"):
            assert said[language][key] != sentence, key
            assert set(re.findall(r"{\w+}", said[language][key])) == set(re.findall(r"{\w+}", sentence)), key


def test_every_reason_that_a_script_may_give_has_a_sentence() -> None:
    folder = Path(__import__("onestop.web.verify", fromlist=["x"]).__file__ or "").parent / "static" / "verify"
    used = set()
    for name in ("judge", "signatures", "certificates", "checker"):
        text = (folder / f"{name}.js").read_text()
        used |= set(re.findall(r'(?:reason|fault): "([a-z_.]+)"', text))
        used |= set(re.findall(r'"((?:certificate|signature|stamp|claim|key|file)\.[a-z_]+)"', text))
    assert len(used) > 15
    assert not {code for code in used if f"reason.{code}" not in words_in_all_languages()["en"]}


def test_modules_that_cannot_be_put_together_are_refused(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.js", tmp_path / "b.js"
    good.write_text("export const one = 1;\n")
    assert "one: one" in bundle({"./a.js": good})
    bad.write_text('import everything from "./a.js";\nexport const two = everything;\n')
    with pytest.raises(ValueError, match="cannot be put together"):
        bundle({"./a.js": good, "./b.js": bad})
    bad.write_text('export const two = "</script>";\n')
    with pytest.raises(ValueError, match="cannot be put together"):
        bundle({"./b.js": bad})


def test_moments_are_those_of_the_province(world: World) -> None:
    assert datetime(2026, 4, 6, 2, 0, tzinfo=UTC) == claim_of(returned(world)).issued_at
    assert "09:00, " in ask(claim_text(returned(world, "tam")), language="vi")


def test_the_page_works_while_the_list_cannot_be_signed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    text = claim_text(returned(world))
    monkeypatch.setattr(ports.keys, "_adapter", NoKeys())
    page = client_in("en").get("/xac-minh/")
    assert page.status_code == 200
    assert b"Without the internet" not in page.content
    assert verdict(ask(text)) == "holds"
    assert Client().get("/xac-minh/thu-hoi.cose").status_code == 503
