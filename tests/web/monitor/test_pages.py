"""The pages of the monitor over a nation made up, and the door by which reports come in."""

import base64
import csv
import io
import json
import re
from datetime import date

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onestop.config.monitor import centre_at
from onestop.demo.stage import moment
from onestop.errors import Unavailable
from onestop.monitor.models import Comparison, MemberFigure, Submission
from onestop.monitor.operations.composing import compose_aggregate
from onestop.monitor.operations.receiving import name_holder
from onestop.monitor.operations.sending import send_composed
from onestop.monitor.operations.simulating import Simulated, simulate_nation
from onestop.monitor.queries.members import list_members
from onestop.monitor.rules.faults import Fault
from onestop.trust.operations.keys import issue_key
from onestop.trust.rules import KeyKind
from onestop.web.monitor.words import FAULTS
from tests.web.officers import Hall
from tests.world import World

UNTIL = date(2025, 8, 31)
DAY = date(2026, 6, 30)


@pytest.fixture
def nation(world: World) -> Simulated:
    return simulate_nation(until=UNTIL, years=1, seed=3, at=moment("2025-09-02 08:00"))


def stranger(language: str = "vi") -> Client:
    client = Client()
    client.cookies["lang"] = language
    return client


@pytest.mark.parametrize("language", ["vi", "en", "ur"])
def test_everybody_sees_the_nation_in_every_language(nation: Simulated, language: str) -> None:
    client = stranger(language)
    page = client.get("/giam-sat/").content.decode()
    assert page.count("<tr>") == 35  # the head and 34 provinces
    assert "Quảng Ninh" in page
    assert page.count('<rect class="s') == 34 + 6  # the tiles, and the key to their colours
    for address in (
        "/giam-sat/don-vi/H44/",
        "/giam-sat/don-vi/H28/",
        "/giam-sat/diem-cong-bo/",
        "/giam-sat/?loai=ministry",
    ):
        assert client.get(address).status_code == 200, address


def test_one_figure_costs_the_same_however_many_reports_there_are(nation: Simulated) -> None:
    client = stranger()
    client.get("/giam-sat/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/giam-sat/")
    assert len(asked) <= 8


def test_before_the_merger_it_is_the_map_of_then(nation: Simulated) -> None:
    page = stranger("en").get("/giam-sat/?ngay=2025-06-30&chi-so=ON_TIME_BY_LAW").content.decode()
    assert page.count("<tr>") == 64
    assert "Hòa Bình" in page
    odd = stranger().get("/giam-sat/?ngay=yesterday&chi-so=<script>&loai=planet")
    assert odd.status_code == 200
    assert "<script>" not in odd.content.decode().split("</head>")[1].replace("<script src", "")


def test_open_data_says_the_same_in_three_forms(nation: Simulated) -> None:
    client = stranger()
    as_json = json.loads(client.get("/giam-sat/so-lieu.json").content)
    as_csv = list(csv.DictReader(io.StringIO(client.get("/giam-sat/so-lieu.csv").content.decode("utf-8-sig"))))
    as_parquet = pq.read_table(io.BytesIO(client.get("/giam-sat/so-lieu.parquet").content)).to_pylist()
    assert len(as_json) == 34
    assert as_parquet == as_json
    assert [row["code"] for row in as_csv] == [row["code"] for row in as_json]
    assert {row["simulated"] for row in as_json} == {True}
    assert client.get("/giam-sat/so-lieu.xml").status_code == 404


def test_a_number_behind_which_few_stand_is_told_nowhere(nation: Simulated) -> None:
    """Not in the ranking, not as the lowest of all, not on the map, not on its own page."""
    figure = MemberFigure.objects.filter(member="H01", code="FULL_PROCESS", day=UNTIL)
    assert figure.update(population=100, denominator=100, numerator=3) == 1
    for address in ("/giam-sat/?chi-so=FULL_PROCESS", "/giam-sat/don-vi/H01/"):
        page = stranger("en").get(address).content.decode()
        assert "Fewer than 5 dossiers" in page
        assert re.search(r"(?<!\d)3\.0\s%", page) is None


def test_with_nothing_reported_it_says_so(world: World) -> None:
    assert "No reports yet" in stranger("en").get("/giam-sat/").content.decode()
    assert stranger().get("/giam-sat/so-lieu.csv").status_code == 404


def test_reports_are_for_the_staff(nation: Simulated, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hall = Hall(world, monkeypatch)
    assert stranger().get("/giam-sat/bao-cao/").status_code == 302
    assert hall.log_in("minh").get("/giam-sat/bao-cao/").status_code == 403
    staff = hall.log_in("kiemsoat")
    page = staff.get("/giam-sat/bao-cao/").content.decode()
    assert "It is not signed." in page
    refused = Submission.objects.filter(is_counted=False).first()
    assert refused is not None
    one = staff.get(f"/giam-sat/bao-cao/{refused.pk}/").content.decode()
    assert "It does not count:" in one
    kept = staff.get(f"/giam-sat/bao-cao/{refused.pk}.json")
    assert kept.content == bytes(refused.document)
    assert staff.get("/giam-sat/bao-cao/999999/").status_code == 404


@pytest.mark.parametrize(
    ("language", "name", "how", "whole"),
    [
        ("vi", "Hồ sơ trực tuyến toàn trình", "Đếm lại ra số khác.", "toàn đơn vị"),
        ("en", "Full-process online dossiers", "Counting again gives other numbers.", "the whole"),
        ("ur", "مکمل آن لائن فائلیں", "دوبارہ گننے پر دوسرے عدد آتے ہیں۔", "پوری اکائی"),
    ],
)
def test_what_differs_from_the_facts_is_told_in_words(
    nation: Simulated, world: World, monkeypatch: pytest.MonkeyPatch, language: str, name: str, how: str, whole: str
) -> None:
    staff = Hall(world, monkeypatch).log_in("kiemsoat")
    staff.cookies["lang"] = language
    row = Submission.objects.filter(is_counted=True).first()
    assert row is not None
    at = moment("2025-09-02 08:00")
    told = [
        {"code": "FULL_PROCESS", "unit": "H49.26", "why": "counts", "said": [12, 9, 3], "counted": [12, 9, 2]},
        *({"code": "X", "unit": "", "why": why, "said": None, "counted": None} for why in ("not_said", "definition")),
    ]
    Comparison.objects.create(
        submission=row, digest="1" * 64, compared_at=at, compared_by="Trần Thị So", differences=told
    )
    page = staff.get(f"/giam-sat/bao-cao/{row.pk}/").content.decode()
    for words in (name, how, "3 / 9 (12)", "2 / 9 (12)", "Trần Thị So", "1" * 64):
        assert words in page
    assert page.count(f"<td>{whole}</td>") == 2


def test_the_centre_asks_for_facts_and_the_member_hears_of_it(
    nation: Simulated, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asked, when and why stands beside the report; the door names the day until facts have been compared."""
    hall = Hall(world, monkeypatch)
    staff = hall.log_in("kiemsoat")
    row = Submission.objects.filter(is_counted=True, member="H49").order_by("-day").first()
    assert row is not None
    address = f"/giam-sat/bao-cao/{row.pk}/"
    assert "Nobody has asked for the facts" in staff.get(address).content.decode()
    assert hall.log_in("minh").post(f"{address}so-lieu-goc/", {"ly-do": "x"}).status_code == 403
    assert "Say why you ask." in staff.post(f"{address}so-lieu-goc/", {"ly-do": " "}, follow=True).content.decode()
    page = staff.post(f"{address}so-lieu-goc/", {"ly-do": "Tăng nhanh <bất thường>"}, follow=True).content.decode()
    assert "asked for the facts at" in page
    assert "Tăng nhanh &lt;bất thường&gt;" in page
    assert "have not come yet" in page
    assert "Ask for the facts" not in page
    body = json.dumps({
        name: base64.b64encode(bytes(data)).decode()
        for name, data in (("document", row.document), ("signature", row.signature))
    })  # fmt: skip
    again = stranger().post("/giam-sat/nop/", body, content_type="application/json").json()
    assert again["facts_wanted"] == [row.day.isoformat()]  # type: ignore[union-attr]  # what counts has a day
    Comparison.objects.create(submission=row, digest="2" * 64, compared_at=moment("2026-12-31 08:00"), differences=[])
    answered = stranger().post("/giam-sat/nop/", body, content_type="application/json").json()
    assert answered["facts_wanted"] == []
    assert "every figure comes out the same" in staff.get(address).content.decode()


def test_what_became_of_the_reports_of_the_day_is_told_to_everybody(nation: Simulated) -> None:
    """Each planted fault beside the name of its member, who is not called silent besides."""
    page = stranger("en").get("/giam-sat/").content.decode()
    heard = page[page.index('id="heard"') :]
    names = {member.code: member.name for member in list_members()}
    planted = {code: fault for code, fault in nation.planted.items() if code.startswith("H")}
    silent = heard[: heard.index("Sent, but does not count")]
    [nobody] = [code for code, fault in planted.items() if fault == "silent"]
    assert names[nobody] in silent
    del planted[nobody]
    assert {"unsigned", "doubled", "parts_differ"} <= set(planted.values())
    for code, fault in planted.items():
        sentence = str(FAULTS[Fault(fault)]).split("%(about)s")[0]
        assert re.search(rf"{names[code]}</strong>: {re.escape(sentence)}", heard)
        assert names[code] not in silent


def test_only_those_with_something_wrong_are_listed_when_asked(
    nation: Simulated, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = Hall(world, monkeypatch).log_in("kiemsoat")
    faulty = Submission.objects.exclude(faults=[]).count()
    page = staff.get("/giam-sat/bao-cao/?loi=1").content.decode()
    assert page.count("<tr>") - 1 == min(faulty, 50)


def test_the_door_tells_a_machine_what_is_wrong(world: World) -> None:
    client = stranger()
    post = {"content_type": "application/json"}
    assert client.get("/giam-sat/nop/").status_code == 405
    assert client.post("/giam-sat/nop/", b"{", **post).status_code == 400
    assert client.post("/giam-sat/nop/", json.dumps({"document": "%%", "signature": ""}), **post).status_code == 400
    body = json.dumps({"document": base64.b64encode(b"{}").decode(), "signature": ""})
    answer = client.post("/giam-sat/nop/", body, **post)
    assert answer.status_code == 422
    assert answer.json()["faults"] == [{"fault": "unreadable", "about": ""}]
    huge = client.post("/giam-sat/nop/", b"x" * (4 * 1024 * 1024 + 1), **post)
    assert huge.status_code == 413


def test_a_centre_that_does_not_answer_loses_nothing(played: World) -> None:
    at = moment("2026-07-01 07:00")
    holder = "Tỉnh Quảng Ninh"
    issue_key(key="seal:H49.m", common_name=holder, organisation=holder, kind=KeyKind.ORGANISATION, at=at)
    name_holder(member="H49", holder=holder, valid_from=date(2026, 1, 1), at=at)
    made = compose_aggregate(member="H49", day=DAY, key="seal:H49.m", at=at)
    for address in ("http://127.0.0.1:9/giam-sat/nop/", "", "file:///etc/passwd"):
        with pytest.raises(Unavailable):
            send_composed(centre=centre_at(address), at=at)
    made.refresh_from_db()
    assert made.answer == {}
    body = {
        name: base64.b64encode(bytes(data)).decode()
        for name, data in (("document", made.document), ("signature", made.signature))
    }
    answers = [stranger().post("/giam-sat/nop/", json.dumps(body), content_type="application/json") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["sha256"] == made.digest
    assert Submission.objects.count() == 1


def test_a_stranger_cannot_fill_the_store_with_what_is_refused(world: World) -> None:
    body = json.dumps({"document": base64.b64encode(b"{}").decode(), "signature": ""})
    sent = [stranger().post("/giam-sat/nop/", body, content_type="application/json") for _ in range(32)]
    assert [answer.status_code for answer in sent] == [422] * 30 + [429] * 2
    assert 0 < sent[-1].json()["seconds"] <= 3601
    assert Submission.objects.count() == 30
    elsewhere = Client(REMOTE_ADDR="192.0.2.9").post("/giam-sat/nop/", body, content_type="application/json")
    assert elsewhere.status_code == 422
