"""The check of a result in a real browser: online by file, picture, address; offline with the network off."""

import base64
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.utils import timezone

from onestop.demo.stage import Play, moment
from onestop.documents.ports import store
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.results.operations import revoke_result
from onestop.results.queries import find_result
from onestop.results.rules.revocations import RevocationCause
from onestop.signatures.operations.claims import sign_message
from onestop.signatures.rules.claims import encode_claim, from_digits, to_digits
from onestop.trust.rules import cose
from onestop.web.verify.offline import build_offline_page
from tests.browser.conftest import Look, faults_of_access, faults_of_width
from tests.results.cases import DAY, claim_of, claim_text, leader_of, returned
from tests.web.portal.conftest import log_in
from tests.world import World

Tool = Callable[..., str]


@pytest.fixture
def db(world: World) -> None:
    """The pages are served from the province instead of an empty database."""


def sealed_pdf(play: Play) -> bytes:
    found = find_result(get_unscoped(play.code))
    assert found is not None
    return store().get(found.sha256)


def revoke_now(world: World, play: Play) -> None:
    revoke_result(
        code=play.code,
        cause=RevocationCause.ISSUED_IN_ERROR,
        reason="Ghi sai ngày sinh.",
        ground="123/2015/NĐ-CP Đ6",
        by=leader_of(world, play),
        at=moment(f"{DAY} 10:00"),
    )


def picture_of(pdf: bytes) -> bytes:
    out, document = io.BytesIO(), pypdfium2.PdfDocument(pdf)
    document[0].render(scale=150 / 72).to_pil().save(out, "PNG")
    document.close()
    return out.getvalue()


def altered_digit(text: str) -> str:
    message = bytearray(from_digits(text))
    message[message.index(b"/19") + 3] ^= 1  # a year of birth
    return to_digits(bytes(message))


def verdict(page: Any) -> str:
    page.wait_for_selector("[data-verdict]")
    return str(page.get_attribute("[data-verdict]", "data-verdict"))


def shown(page: Any) -> str:
    return re.sub("[\u2066-\u2069]", "", page.inner_text("[data-check=answer]"))


def give(page: Any, name: str, kind: str, data: bytes) -> None:
    page.evaluate("document.querySelector('[data-check=answer]').replaceChildren()")
    page.set_input_files("[data-check=file]", {"name": name, "mimeType": kind, "buffer": data})


def paste(page: Any, text: str) -> None:
    page.evaluate("document.querySelector('[data-check=answer]').replaceChildren()")
    page.fill("[data-check=text]", text)


def test_the_page_in_every_language_and_width(look: Look) -> None:
    look("/xac-minh/", "verify", dark=True)


def test_a_file_a_picture_and_an_address_are_checked_without_sending_them(
    open_page: Callable[..., Any], world: World
) -> None:
    play = returned(world)
    pdf = sealed_pdf(play)
    page = open_page("/xac-minh/", language="en")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    give(page, "ket-qua.pdf", "application/pdf", pdf)
    assert verdict(page) == "holds"
    said = shown(page)
    for word in ("This result holds", "Nguyễn Thị Lan", "12/04/1995", play.code, "Ủy ban nhân dân phường Hồng Gai"):
        assert word in said
    give(page, "anh.png", "image/png", picture_of(pdf))
    assert verdict(page) == "holds"
    middle = pdf.index(b"stream") + 40
    give(page, "ket-qua.pdf", "application/pdf", pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :])
    assert verdict(page) == "fails"
    assert "changed after it was signed" in shown(page)
    give(page, "ket-qua.pdf", "application/pdf", pdf + b"\n%added")
    assert verdict(page) == "fails"
    paste(page, altered_digit(claim_text(play)))
    assert verdict(page) == "fails"
    paste(page, "hello")
    assert verdict(page) == "unknown"
    assert not [line for line in sent if line.startswith("POST")]
    assert not page.complaints


def test_a_telephone_that_reads_the_code_opens_the_answer(open_page: Callable[..., Any], world: World) -> None:
    play = returned(world)
    revoke_now(world, play)
    place = claim_text(play).partition("#")[2]
    page = open_page(f"/xac-minh/#{place}", language="vi", width=360)
    assert verdict(page) == "revoked"
    assert "Kết quả này đã bị thu hồi ngày 06/04/2026" in shown(page)
    assert "Cấp sai" in shown(page)
    page.screenshot(path="build/screens/verify-revoked-vi-360.png", full_page=True)


def test_without_a_script_the_server_answers(browser: Any, served: Any, world: World) -> None:
    play = returned(world)
    context = browser.new_context(java_script_enabled=False, locale="vi-VN", viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(served.url + "/xac-minh/")
    page.set_input_files("#id_file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": sealed_pdf(play)})
    page.get_by_role("button", name="Kiểm tra đầy đủ trên máy chủ").click()
    assert verdict(page) == "holds"
    assert "Nguyễn Thị Lan" in shown(page)
    page.fill("#id_text", altered_digit(claim_text(play)))
    page.get_by_role("button", name="Kiểm tra đầy đủ trên máy chủ").click()
    assert verdict(page) == "fails"
    context.close()


def offline_file(tmp_path: Path, at: datetime) -> Path:
    path = tmp_path / "onestop-xac-minh.html"
    path.write_bytes(build_offline_page(at=at).content)
    return path


@pytest.fixture
def offline_page(browser: Any, world: World, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open the downloaded file in a browser without any network."""
    contexts = []

    def opened(at: datetime, locale: str = "vi-VN", width: int = 1280) -> Any:
        context = browser.new_context(locale=locale, offline=True, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.asked = [], []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(offline_file(tmp_path, at).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def test_offline_a_claim_and_a_file_are_checked_with_the_network_off(
    offline_page: Callable[..., Any], world: World
) -> None:
    good, bad = returned(world), returned(world, "tam")
    revoke_now(world, bad)
    page = offline_page(timezone.now())
    paste(page, claim_text(good))
    assert verdict(page) == "holds"
    assert "Thông tin thu hồi tính đến" in shown(page)
    give(page, "ket-qua.pdf", "application/pdf", sealed_pdf(good))
    assert verdict(page) == "holds"
    give(page, "anh.png", "image/png", picture_of(sealed_pdf(good)))
    assert verdict(page) == "holds"
    paste(page, altered_digit(claim_text(good)))
    assert verdict(page) == "fails"
    paste(page, claim_text(bad))
    assert verdict(page) == "revoked"
    give(page, "ket-qua.pdf", "application/pdf", sealed_pdf(bad))
    assert verdict(page) == "revoked"
    assert all(url.startswith(("file:", "blob:", "data:")) for url in page.asked)
    assert not page.complaints


def test_offline_an_unknown_key_and_another_agencys_key(offline_page: Callable[..., Any], world: World) -> None:
    play = returned(world)
    taken = cose.parse(from_digits(claim_text(play)))
    page = offline_page(timezone.now(), locale="en-GB")
    paste(page, to_digits(cose.assemble(cose.protected_header(b"unknown!"), taken.payload, taken.signature)))
    assert verdict(page) == "unknown"
    assert "not known here" in shown(page)
    forged = replace(claim_of(play), number="99/UBND-XNTTHN")
    paste(page, to_digits(sign_message(payload=encode_claim(forged), key="system:status")))
    assert verdict(page) == "fails"


def test_offline_an_old_list_says_how_old_it_is(offline_page: Callable[..., Any], world: World) -> None:
    play = returned(world)
    page = offline_page(timezone.now() - timedelta(days=45), locale="en-GB")
    paste(page, claim_text(play))
    assert verdict(page) == "holds"
    assert "more than 30 days ago" in shown(page)


def test_offline_a_list_that_was_tampered_with_is_not_believed(browser: Any, world: World, tmp_path: Path) -> None:
    play = returned(world)
    page_file = build_offline_page(at=timezone.now())
    (listed,) = re.findall(rb'"list":"([A-Za-z0-9+/=]+)"', page_file.content)
    message = bytearray(base64.b64decode(listed))
    message[-1] ^= 1
    path = tmp_path / "a.html"
    path.write_bytes(page_file.content.replace(listed, base64.b64encode(bytes(message))))
    page = browser.new_page(locale="en-GB")
    page.goto(path.as_uri())
    paste(page, claim_text(play))
    assert verdict(page) == "unknown"
    assert "list of revoked results could not be read" in shown(page)
    page.close()


def test_offline_in_three_languages(offline_page: Callable[..., Any], world: World) -> None:
    play = returned(world)
    page = offline_page(timezone.now(), width=360)
    paste(page, claim_text(play))
    assert verdict(page) == "holds"
    for language, direction, word in (
        ("en", "ltr", "This result holds"),
        ("ur", "rtl", "یہ نتیجہ معتبر ہے"),
        ("vi", "ltr", "Kết quả này có giá trị"),
    ):
        page.click(f"[data-language={language}]")
        assert word in shown(page)
        assert page.evaluate("document.documentElement.dir") == direction
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.screenshot(path=f"build/screens/verify-offline-{language}-360.png", full_page=True)
    assert not page.complaints


def test_what_is_seen_of_a_wallet(open_page: Callable[..., Any], look: Look, world: World) -> None:
    play = returned(world)
    lan = log_in("lan")
    place = f"/ho-so/{play.code}/vi-dien-tu/"
    look(place, "portal-wallet", client=lan)
    page = open_page(place, language="vi", width=360, client=lan)
    page.get_by_role("button", name="Hiện mã cho ví của tôi").click()
    page.wait_for_selector("img.offer")
    page.screenshot(path="build/screens/portal-wallet-offer-vi-360.png", full_page=True)
    assert not faults_of_access(page) + faults_of_width(page) + page.complaints
