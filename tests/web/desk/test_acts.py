"""Every act of the desk: by the right post, the wrong post, from a page out of date, and twice."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import Play
from onestop.demo.stories import BIRTH
from onestop.dossiers.queries.dossiers import list_parts
from onestop.dossiers.rules.filing import Channel, Filer, Given, ReturnWay
from onestop.dossiers.rules.states import State
from onestop.journal.queries import list_entries
from tests.web.acts import ITEM, Act, accepted, asked, at_appraisal, ready
from tests.web.officers import DAY, Hall, row, said, seen

FACE = "mot-cua"


def on_paper(hall: Hall) -> Play:
    """Filed at the counter, on paper."""
    return hall.world.stage.file(
        BIRTH,
        "oanh",
        HONG_GAI,
        f"{DAY} 09:00",
        answers=answers.birth(parent="oanh"),
        papers={"BIRTH_NOTICE": "Giấy chứng sinh"},
        channel=Channel.COUNTER,
        filer=Filer.BY_OFFICER,
        way=ReturnWay.COUNTER,
    )


ASK = {"document": ITEM.document, "why": ITEM.why, "how": ITEM.how, "ground": ITEM.ground}
WHY = {"why": "Không thuộc thẩm quyền.", "ground": "61/2018/NĐ-CP Đ17"}
LATER = {"reason": "Cần xác minh.", "unit": "Văn phòng", "new_at": "2026-03-16T09:00"}
ACTS = [
    Act("tiep-nhan", "minh", Hall.marital, State.ACCEPTED),
    Act("chuyen", "minh", accepted, State.IN_PROCESS),
    Act("so-hoa", "minh", on_paper, State.SUBMITTED, file="BIRTH_NOTICE"),
    Act("bo-sung", "minh", Hall.marital, State.WAITING_SUPPLEMENT, ASK),
    Act("nhan-bo-sung", "minh", asked, State.IN_PROCESS, file="MARITAL_STATUS_OLD"),
    Act("tu-choi", "minh", Hall.marital, State.NOT_ACCEPTED, WHY),
    Act("rut", "minh", at_appraisal, State.WITHDRAWN, {"reason": "Không còn nhu cầu."}),
    Act("hen-lai", "minh", at_appraisal, State.IN_PROCESS, LATER),
    Act("dung", "minh", asked, State.STOPPED, WHY),
    Act("tra-ket-qua", "minh", ready, State.RETURNED, {"way": "0", "receiver": "Trần Văn Bình"}),
]


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_the_right_post_does_it_once(hall: Hall, act: Act) -> None:
    play, minh = act.prepare(hall), hall.log_in("minh")
    before = seen(play)
    done = act.post(minh, FACE, play)
    assert done.status_code == 302, done.content.decode()
    assert row(play).state == act.state
    assert len(said(done)) == 1
    assert play.code in said(done)[0]
    assert minh.get(done.url).status_code == 200
    after = seen(play)
    again = act.post(minh, FACE, play, **before)
    assert (again.status_code, again.url) == (302, f"/mot-cua/ho-so/{play.code}/")
    assert said(again) == [f"You did this already: {play.code}"]
    assert seen(play) == after


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_a_page_out_of_date_is_refused(hall: Hall, act: Act) -> None:
    play, minh = act.prepare(hall), hall.log_in("minh")
    before = row(play)
    stale = act.post(minh, FACE, play, seen=0)
    assert stale.status_code == 409
    assert row(play).journal_sequence == before.journal_sequence
    assert "changed" in stale.content.decode()


@pytest.mark.parametrize(("who", "status"), [("hoa", 403), ("hai.coto", 404), ("lan", 403), ("kiemsoat", 403)])
@pytest.mark.parametrize("act", ACTS, ids=str)
def test_other_posts_are_refused(hall: Hall, act: Act, who: str, status: int) -> None:
    play = act.prepare(hall)
    before = row(play)
    refused: Any = act.post(hall.log_in(who), FACE, play)
    if act.path in ("bo-sung", "hen-lai") and who == "hoa":
        status = 409 if act.path == "bo-sung" else 302  # a specialist may do this too, on a dossier at that step
    if who == "lan" and act.path in ("rut", "nhan-bo-sung"):
        status = 404  # an applicant may do this to a dossier of her own, and this one is not
    assert refused.status_code == status
    assert (row(play).journal_sequence == before.journal_sequence) == (status != 302)


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_an_act_is_not_a_link(hall: Hall, act: Act) -> None:
    play = act.prepare(hall)
    assert hall.log_in("minh").get(f"/mot-cua/ho-so/{play.code}/{act.path}/").status_code == 405


def test_what_is_not_complete_is_not_accepted(hall: Hall) -> None:
    play, minh = on_paper(hall), hall.log_in("minh")
    page = minh.get(f"/mot-cua/ho-so/{play.code}/").content.decode()
    assert "Paper not yet digitised" in page
    assert f"/mot-cua/ho-so/{play.code}/tiep-nhan/" not in page
    refused = minh.post(f"/mot-cua/ho-so/{play.code}/tiep-nhan/", seen(play))
    assert refused.status_code == 422
    assert row(play).state == State.SUBMITTED


def test_scans_are_kept_beside_the_paper(hall: Hall) -> None:
    play, minh = on_paper(hall), hall.log_in("minh")
    ACTS[2].post(minh, FACE, play)
    scans = [part for part in list_parts(row(play)) if part.given == Given.SCAN]
    assert [part.document for part in scans] == ["BIRTH_NOTICE"]
    shown = minh.get(f"/mot-cua/ho-so/{play.code}/tep/{scans[0].pk}/")
    assert shown.status_code == 200
    assert shown["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_file_that_is_no_paper_is_refused(hall: Hall) -> None:
    play = on_paper(hall)
    bad = SimpleUploadedFile("scan.pdf", b"MZ this is a program", "application/pdf")
    sent = {**seen(play), "file-BIRTH_NOTICE": bad}
    assert hall.log_in("minh").post(f"/mot-cua/ho-so/{play.code}/so-hoa/", sent).status_code == 422
    assert len(list_parts(row(play))) == 1 + sum(part.given == Given.PRESENTED for part in list_parts(row(play)))


def test_asking_again_needs_the_leader(hall: Hall) -> None:
    play, minh = hall.marital(), hall.log_in("minh")
    ask, take = ACTS[3], ACTS[4]
    assert ask.post(minh, FACE, play).status_code == 302
    assert take.post(minh, FACE, play).status_code == 302
    refused = ask.post(minh, FACE, play)
    assert refused.status_code == 409
    assert "head of the agency" in refused.content.decode()
    assert "This would be a second request" in minh.get(f"/mot-cua/ho-so/{play.code}/").content.decode()


def test_an_unreadable_moment_and_no_reason_are_named(hall: Hall) -> None:
    play, minh = at_appraisal(hall), hall.log_in("minh")
    address = f"/mot-cua/ho-so/{play.code}"
    assert minh.post(f"{address}/hen-lai/", {**seen(play), "new_at": "tomorrow"}).status_code == 422
    assert minh.post(f"{address}/hen-lai/", {**seen(play), **LATER, "reason": ""}).status_code == 409
    assert row(play).reappointments == 0


def test_the_way_of_return_is_kept(hall: Hall) -> None:
    play, minh = ready(hall), hall.log_in("minh")
    ACTS[-1].post(minh, FACE, play)
    assert list_entries(row(play).pk)[-1].payload["way"] == ReturnWay.COUNTER
    got = minh.get(f"/mot-cua/ho-so/{play.code}/ket-qua/")
    assert got["Content-Type"] == "application/pdf"


def test_the_next_page_may_be_named_but_only_ours(hall: Hall) -> None:
    minh = hall.log_in("minh")
    first, second = hall.marital(), hall.marital("trung")
    ours = {**seen(first), "next": "/mot-cua/so-theo-doi/"}
    assert minh.post(f"/mot-cua/ho-so/{first.code}/tiep-nhan/", ours).url == "/mot-cua/so-theo-doi/"
    theirs = {**seen(second), "next": "https://elsewhere.example/"}
    done = minh.post(f"/mot-cua/ho-so/{second.code}/tiep-nhan/", theirs)
    assert done.url == f"/mot-cua/ho-so/{second.code}/"
    assert isinstance(row(second).accepted_at, datetime)
