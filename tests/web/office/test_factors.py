"""Results signed with a key that asks for PIN and one-time code, at a remote service over TLS."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from onestop.accounts.queries import find_account
from onestop.accounts.rules import Role
from onestop.config.trust import anchors_from
from onestop.demo.stage import Play
from onestop.documents.ports import store
from onestop.dossiers.queries.audits import audit_journal
from onestop.journal.queries import list_entries
from onestop.signing.models import NumberCounter, ResultPaper
from onestop.trust import ports
from onestop.trust.adapters.csc_client import Service
from onestop.trust.adapters.csc_keys import CscKeys
from onestop.trust.adapters.routed_keys import Place, RoutedKeys
from onestop.validation.queries import verify_pdf
from tests.stand_ins import PIN_OF_ALL, RemoteSigning
from tests.web.acts import at_approval
from tests.web.officers import DAY, Hall, row, said, seen

PAGE, HUY = "/xu-ly/ky-so/", "Trần Quang Huy"


@dataclass
class Remote:
    """Quang's second key, at the service."""

    service: RemoteSigning
    key: str
    keys: CscKeys
    credential: str

    def typed(self, pin: str = PIN_OF_ALL) -> dict[str, str]:
        """What Quang types."""
        return {"factor-PIN": pin, "factor-OTP": self.service.next_code(self.credential)}


def routed(remote: CscKeys, before: ports.Keys) -> RoutedKeys:
    """Papers of officers with the service, everything else where it was."""
    return RoutedKeys([Place(("officer:*.papers",), remote), Place(("*",), before)])


@pytest.fixture
def remote(hall: Hall, outside_remote_signing: RemoteSigning) -> Iterator[Remote]:
    """The papers keys of officers live with the remote service; Quang has one there."""
    account, stand_in = find_account("quang"), outside_remote_signing.stand_in
    assert account is not None
    key, secret = f"officer:{account.pk}.papers", stand_in.secret("client")
    credential = outside_remote_signing.open_credential("quang", name=HUY)
    where = Service(
        f"{stand_in.url}csc/v2", stand_in.tls_root, secret["client_id"], lambda: secret["client_secret"], seconds=5
    )
    keys, before = CscKeys(where, {key: credential}), (ports.keys(), ports.trust_anchors())
    ports.keys.plug(routed(keys, before[0]))
    ports.trust_anchors.plug(anchors_from(settings.KEYS, stand_in.folder / "public"))
    yield Remote(outside_remote_signing, key, keys, credential)
    ports.keys.plug(before[0])
    ports.trust_anchors.plug(before[1])


def ask(client: Client, play: Play, **more: Any) -> Any:
    """Press "Approve and sign" on the dossier's page."""
    return client.post(f"/xu-ly/ho-so/{play.code}/ky/", {**seen(play), **more})


def hidden(page: Any, name: str = "code") -> list[str]:
    """What the page sends along."""
    return re.findall(rf'name="{name}" value="([^"]+)"', page.content.decode())


def untouched(*plays: Play) -> bool:
    """True if nothing was signed, written or numbered."""
    assert not ResultPaper.objects.exists()
    assert not NumberCounter.objects.exists()
    return all(row(play).step == "approve" for play in plays)


def test_the_page_says_what_will_be_signed_and_the_factors_sign_it(hall: Hall, remote: Remote) -> None:
    play, quang = at_approval(hall), hall.log_in("quang")
    page = ask(quang, play)
    shown = page.content.decode()
    assert page.status_code == 200
    assert untouched(play)
    for told in (play.code, row(play).applicant_name, "Sign 1 result with your key", "given as it is signed"):
        assert told in shown
    fields = re.findall(r"<input[^>]*factor-[^>]*>", shown)
    assert len(fields) == 2
    assert all('type="password"' in field and 'autocomplete="off"' in field for field in fields)
    done = quang.post(PAGE, {"code": hidden(page), **remote.typed()})
    assert (done.status_code, done.url) == (302, "/xu-ly/")
    assert said(done) == ["1 dossier done."]
    signed = store().get(ResultPaper.objects.get().signed_sha256)
    assert verify_pdf(signed).valid
    assert remote.keys.chain(remote.key)[0].hex().encode() in signed.lower(), (
        "the paper bears the service's certificate"
    )
    assert row(play).step == "seal"
    assert [entry.kind for entry in list_entries(row(play).pk)][-2:] == ["sign", "approve"]
    assert audit_journal().holds, "entries are signed with the everyday key"
    assert play.seal(f"{DAY} 15:00")


def test_wrong_factors_change_nothing_and_are_shown_nowhere(
    hall: Hall, remote: Remote, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    play, quang = at_approval(hall), hall.log_in("quang")
    sent = {"code": hidden(ask(quang, play)), **remote.typed("918273")}
    wrong = quang.post(PAGE, sent)
    shown = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Nothing was signed" in shown
    assert "the code was wrong" in shown
    assert hidden(wrong) == sent["code"]
    for typed in ("918273", sent["factor-OTP"]):
        assert typed not in shown
        assert typed not in caplog.text
        assert typed not in str(dict(quang.session))
    assert "no-store" in wrong["Cache-Control"]
    assert untouched(play)
    assert quang.post(PAGE, {"code": hidden(wrong), **remote.typed()}).status_code == 302
    assert row(play).step == "seal"


def test_a_used_code_signs_no_second_paper(hall: Hall, remote: Remote) -> None:
    first, second, quang = at_approval(hall), at_approval(hall), hall.log_in("quang")
    typed = remote.typed()
    assert quang.post(PAGE, {"code": hidden(ask(quang, first)), **typed}).status_code == 302
    assert quang.post(PAGE, {"code": hidden(ask(quang, second)), **typed}).status_code == 422
    assert row(second).step == "approve"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The signing key is locked."),
        ("vi", "Khoá ký đang bị khoá."),
        ("ur", "دستخطی کلید مقفل ہے۔"),
    ],
)
def test_too_many_mistakes_lock_the_key(hall: Hall, remote: Remote, language: str, words: str) -> None:
    play, quang = at_approval(hall), hall.log_in("quang", language)
    code = hidden(ask(quang, play))
    statuses = [quang.post(PAGE, {"code": code, **remote.typed("000000")}).status_code for _ in range(3)]
    assert statuses == [422, 422, 503]
    last = quang.post(PAGE, {"code": code, **remote.typed()})
    assert last.status_code == 503
    assert words in last.content.decode()
    assert untouched(play)


def test_a_service_that_is_down_changes_nothing(hall: Hall, remote: Remote) -> None:
    play, quang = at_approval(hall), hall.log_in("quang")
    code, typed = hidden(ask(quang, play)), remote.typed()
    remote.service.stand_in.behave(down=True)
    down = quang.post(PAGE, {"code": code, **typed})
    assert down.status_code == 503
    assert "The signing keys cannot be reached now." in down.content.decode()
    assert untouched(play)
    remote.service.stand_in.behave()
    assert quang.post(PAGE, {"code": code, **typed}).status_code == 302


def test_one_consent_for_all_chosen_and_what_may_not_be_signed_is_left_out(hall: Hall, remote: Remote) -> None:
    plays, quang = [at_approval(hall) for _ in range(3)], hall.log_in("quang")
    page = quang.post("/xu-ly/hang-loat/", {"code": [play.code for play in plays]})
    assert "Sign and approve 3 dossiers" in page.content.decode()
    sent = hidden(page)
    plays[1].send_back(f"{DAY} 14:00", "Chưa rõ.")
    done = quang.post(PAGE, {"code": sent, **remote.typed()})
    assert [row(play).step for play in plays] == ["seal", "appraise", "seal"]
    words = said(done)
    assert words[0] == "2 dossiers done."
    assert plays[1].code in words[1]
    papers = ResultPaper.objects.order_by("number")
    assert [paper.number.partition("/")[0] for paper in papers] == ["1", "2"], "no number is lost"
    assert all(verify_pdf(store().get(paper.signed_sha256)).valid for paper in papers)


def test_more_than_one_consent_allows_are_asked_for_next(
    hall: Hall, remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    plays, quang = [at_approval(hall) for _ in range(3)], hall.log_in("quang")
    described = remote.keys._describe(remote.key)
    until = remote.keys._known[remote.key][0]
    monkeypatch.setitem(remote.keys._known, remote.key, (until, replace(described, at_once=2)))
    page = quang.post("/xu-ly/hang-loat/", {"code": [play.code for play in plays]})
    assert (len(hidden(page)), len(hidden(page, "later"))) == (2, 1)
    rest = quang.post(PAGE, {"code": hidden(page), "later": hidden(page, "later"), **remote.typed()})
    assert (rest.status_code, len(hidden(rest)), hidden(rest, "later")) == (200, 1, [])
    assert quang.post(PAGE, {"code": hidden(rest), **remote.typed()}).status_code == 302
    assert {row(play).step for play in plays} == {"seal"}


def test_a_paper_made_anew_keeps_its_number_and_the_page_says_it(hall: Hall, remote: Remote) -> None:
    play, quang = at_approval(hall), hall.log_in("quang")
    quang.post(PAGE, {"code": hidden(ask(quang, play)), **remote.typed()})
    number = ResultPaper.objects.get().number
    play.send_back(f"{DAY} 14:00", "Sai tên.", Role.CLERK)
    page = ask(quang, play)
    assert number in page.content.decode()
    assert quang.post(PAGE, {"code": hidden(page), **remote.typed()}).status_code == 302
    assert ResultPaper.objects.get().number == number


def test_a_page_out_of_date_asks_for_no_consent(hall: Hall, remote: Remote) -> None:
    play, quang = at_approval(hall), hall.log_in("quang")
    assert ask(quang, play, seen=0).status_code == 409
    typed = remote.typed()
    done = quang.post(PAGE, {"code": f"{play.code}:0", **typed})
    assert play.code in said(done)[0]
    assert untouched(play)
    assert quang.post(PAGE, {"code": hidden(ask(quang, play)), **typed}).status_code == 302, "the code was not used"


def test_who_may_not_sign_is_not_asked(hall: Hall, remote: Remote) -> None:
    play = at_approval(hall)
    assert hall.log_in("thu").post(PAGE, {"code": f"{play.code}:1", **remote.typed()}).status_code == 403
    twin = hall.log_in("long.coto")
    assert ask(twin, play).status_code == 404
    assert untouched(play)


def test_an_officer_without_a_second_key_signs_as_ever(hall: Hall, remote: Remote) -> None:
    ports.keys.plug(routed(CscKeys(remote.keys._client._service), before=ports.keys()))
    play = at_approval(hall)
    assert ask(hall.log_in("quang"), play).status_code == 302
    assert row(play).step == "seal"


def test_a_key_that_asks_the_telephone_is_told_of(hall: Hall, remote: Remote) -> None:
    remote.keys._credentials[remote.key] = remote.service.open_credential("q", name=HUY, by_phone=True)
    play = at_approval(hall)
    page = ask(hall.log_in("quang"), play)
    assert page.status_code == 503
    assert "asks its holder on the telephone" in page.content.decode()
    assert untouched(play)
