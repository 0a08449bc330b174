"""Every act of the office: by the right post, the wrong post, from a page out of date, and twice."""

from typing import Any

import pytest

from onestop.agencies.queries import list_officers
from onestop.demo.stage import Play
from onestop.dossiers.rules.states import State
from onestop.signing.models import InitialledPaper
from onestop.worktime.rules import TimeLimit, TimeUnit
from tests.web.acts import ITEM, Act, at_appraisal, at_approval, at_initials, at_seal
from tests.web.officers import DAY, Hall, row, said, seen

FACE = "xu-ly"
CONSTRUCTION = "Sở Xây dựng"


def at_review(hall: Hall) -> Play:
    """With the head of division."""
    return hall.household().accept(f"{DAY} 09:00").appraise(f"{DAY} 09:30")


def consulted(hall: Hall) -> Play:
    """Another unit has been asked."""
    play = at_appraisal(hall)
    return play.consult(f"{DAY} 09:20", CONSTRUCTION, "Có vướng quy hoạch không?", TimeLimit(3, TimeUnit.WORKING_DAY))


def suspended(hall: Hall) -> Play:
    """The clock stands."""
    play = at_appraisal(hall)
    SUSPEND.post(hall.log_in("hoa"), FACE, play)
    return play


ASK = {"document": ITEM.document, "why": ITEM.why, "how": ITEM.how, "ground": ITEM.ground}
WHY = {"why": "Không đủ điều kiện.", "ground": "123/2015/NĐ-CP Đ22"}
LATER = {"reason": "Cần xác minh.", "unit": "Văn phòng", "new_at": "2026-03-16T09:00"}
LAW = {"law": "85/2015/QH13", "reason": "Chờ nộp lệ phí."}
SUSPEND = Act("tam-dung", "hoa", at_appraisal, State.WAITING_OBLIGATION, LAW)
ON = State.IN_PROCESS
TWINS = {  # the same post in another commune
    "hoa": "ngan.coto",
    "loan": "hue.coto",
    "quang": "long.coto",
    "thu": "mai.coto",
    "binh.xaydung": "long.coto",
}
ACTS = [
    Act("tham-dinh", "hoa", at_appraisal, ON, {"proposal": "approve", "findings": "Đủ."}, "approve"),
    Act("duyet", "loan", at_review, ON, {}, "approve"),
    Act("ky", "quang", at_approval, ON, {}, "seal"),
    Act("dong-dau", "thu", at_seal, State.PROCESSED, {}, "return"),
    Act("tra-lai", "quang", at_approval, ON, {"reason": "Chưa rõ.", "step": "appraise"}, "appraise"),
    Act("tu-choi", "quang", at_approval, State.STOPPED, WHY),
    Act("bo-sung", "hoa", at_appraisal, State.WAITING_SUPPLEMENT, ASK),
    Act("cho-y-kien", "binh.xaydung", consulted, ON, {"agrees": "yes", "opinion": "Không vướng."}),
    Act("hen-lai", "hoa", at_appraisal, ON, LATER),
    SUSPEND,
    Act("tiep-tuc", "hoa", suspended, ON),
    Act("gia-han", "quang", at_appraisal, ON, {**LAW, "days": "2"}),
]


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_the_right_post_does_it_once(hall: Hall, act: Act) -> None:
    play, client = act.prepare(hall), hall.log_in(act.who)
    before = seen(play)
    page = client.get(f"/xu-ly/ho-so/{play.code}/").content.decode()
    assert f'action="/xu-ly/ho-so/{play.code}/{act.path}/"' in page
    done = act.post(client, FACE, play)
    assert done.status_code == 302, done.content.decode()
    assert row(play).state == act.state
    assert row(play).step == (act.step or row(play).step)
    assert [play.code in words for words in said(done)] == [True]
    assert client.get(done.url).status_code == 200
    after = seen(play)
    again = act.post(client, FACE, play, **before)
    assert (again.status_code, again.url) == (302, f"/xu-ly/ho-so/{play.code}/")
    assert said(again) == [f"You did this already: {play.code}"]
    assert seen(play) == after


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_a_page_out_of_date_is_refused(hall: Hall, act: Act) -> None:
    play = act.prepare(hall)
    before = row(play)
    stale = act.post(hall.log_in(act.who), FACE, play, seen=0)
    assert stale.status_code == 409
    assert row(play).journal_sequence == before.journal_sequence


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_the_same_post_elsewhere_does_not_even_find_it(hall: Hall, act: Act) -> None:
    play = act.prepare(hall)
    client, before = hall.log_in(TWINS[act.who]), row(play)
    assert act.post(client, FACE, play).status_code == 404
    assert client.get(f"/xu-ly/ho-so/{play.code}/").status_code == 404
    assert row(play).journal_sequence == before.journal_sequence


ALSO_THE_DESK = ("tu-choi", "bo-sung", "hen-lai")
OTHERS = [
    pytest.param(act, who, id=f"{act}-{who}")
    for act in ACTS
    for who in ("lan", "minh", "kiemsoat", "thu", "hoa")
    if who != act.who and not (who == "minh" and act.path in ALSO_THE_DESK)
]


@pytest.mark.parametrize(("act", "who"), OTHERS)
def test_other_posts_are_refused(hall: Hall, act: Act, who: str) -> None:
    play = act.prepare(hall)
    before = row(play)
    assert act.post(hall.log_in(who), FACE, play).status_code in (403, 409)
    assert row(play).journal_sequence == before.journal_sequence


def test_a_refusal_is_proposed_with_reasons_and_not_signed(hall: Hall) -> None:
    play, hoa, quang = at_appraisal(hall), hall.log_in("hoa"), hall.log_in("quang")
    address = f"/xu-ly/ho-so/{play.code}"
    assert hoa.post(f"{address}/tham-dinh/", {**seen(play), "proposal": "refuse"}).status_code == 409
    proposal = {**seen(play), "proposal": "refuse", "findings": "Không đủ.", **WHY}
    assert hoa.post(f"{address}/tham-dinh/", proposal).status_code == 302
    page = quang.get(f"{address}/").content.decode()
    assert "The appraisal proposes to refuse" in page
    assert WHY["why"] in page
    assert f"{address}/ky/" not in page
    assert quang.post(f"{address}/ky/", seen(play)).status_code == 409
    assert quang.post(f"{address}/tu-choi/", {**seen(play), **WHY}).status_code == 302
    assert row(play).state == State.STOPPED


def test_a_unit_is_asked_and_its_answer_awaited(hall: Hall) -> None:
    play, hoa = at_appraisal(hall), hall.log_in("hoa")
    address = f"/xu-ly/ho-so/{play.code}"
    unit = hall.world.stage.unit_code(CONSTRUCTION)
    question = {**seen(play), "unit": unit, "question": "Có vướng không?", "days": "3"}
    assert hoa.post(f"{address}/lay-y-kien/", {**question, "days": "soon"}).status_code in (409, 422)
    assert hoa.post(f"{address}/lay-y-kien/", question).status_code == 302
    assert hoa.post(f"{address}/lay-y-kien/", {**question, **seen(play)}).status_code == 409
    assert hoa.post(f"{address}/tham-dinh/", {**seen(play), "proposal": "approve"}).status_code == 409
    asked = hall.log_in("binh.xaydung")
    assert play.code in asked.get("/xu-ly/lay-y-kien/").content.decode()
    assert "Có vướng không?" in asked.get(f"{address}/").content.decode()


def test_assigned_to_a_colleague_of_the_step_only(hall: Hall) -> None:
    play, duc = at_appraisal(hall), hall.log_in("duc")
    address = f"/xu-ly/ho-so/{play.code}/phan-cong/"
    dossier = row(play)
    now = dossier.changed_at
    able: Any = list_officers(frozenset({dossier.holder_unit_id}), roles=frozenset({dossier.step_role}), at=now)
    assert duc.post(address, {**seen(play), "posting": "0"}).status_code == 409
    assert duc.post(address, {**seen(play), "posting": "all"}).status_code == 409
    done = duc.post(address, {**seen(play), "posting": able[0].pk})
    assert done.status_code == 302
    assert row(play).assignee_id == able[0].pk
    assert hall.log_in("hoa").get(f"/xu-ly/ho-so/{play.code}/").status_code == 200


def test_the_result_is_looked_at_before_it_is_signed(hall: Hall) -> None:
    play, quang = at_approval(hall), hall.log_in("quang")
    shown = quang.get(f"/xu-ly/ho-so/{play.code}/xem-truoc/")
    assert shown.content.startswith(b"%PDF")
    assert "inline" in shown["Content-Disposition"]
    assert seen(play) == seen(play)


INITIALS = "you initial it with your own key"


def test_a_head_is_told_that_approving_initials_the_paper_and_does_so(hall: Hall) -> None:
    play = at_initials(hall)
    khoa = hall.log_in("khoa.vandon")
    assert INITIALS in khoa.get(f"/xu-ly/ho-so/{play.code}/").content.decode()
    assert khoa.post(f"/xu-ly/ho-so/{play.code}/duyet/", seen(play)).status_code == 302
    assert InitialledPaper.objects.get().dossier.code == play.code
    plain = hall.log_in("loan").get(f"/xu-ly/ho-so/{at_review(hall).code}/").content.decode()
    assert INITIALS not in plain
