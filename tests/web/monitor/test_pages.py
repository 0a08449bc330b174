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
from onestop.trust.operations.keys import issue_key
from onestop.trust.rules import KeyKind
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
    assert page.count('<rect class="s') == 34
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
    ("language", "sentence"),
    [
        ("vi", "FULL_PROCESS, H49.21: báo cáo ghi 3 / 9 (12), đếm lại được 2 / 9 (12)."),
        ("en", "FULL_PROCESS of H49.21: the report says 3 / 9 (12), counted again 2 / 9 (12)."),
        ("ur", "FULL_PROCESS، H49.21: رپورٹ میں 3 / 9 (12)، دوبارہ گنتی میں 2 / 9 (12)۔"),
    ],
)
def test_what_differs_from_the_facts_is_told_in_words(
    nation: Simulated, world: World, monkeypatch: pytest.MonkeyPatch, language: str, sentence: str
) -> None:
    staff = Hall(world, monkeypatch).log_in("kiemsoat")
    staff.cookies["lang"] = language
    row = Submission.objects.filter(is_counted=True).first()
    assert row is not None
    address = f"/giam-sat/bao-cao/{row.pk}/"
    at = moment("2025-09-02 08:00")
    told = [
        {"code": "FULL_PROCESS", "unit": "H49.21", "why": "counts", "said": [12, 9, 3], "counted": [12, 9, 2]},
        *({"code": "X", "unit": "", "why": why, "said": None, "counted": None} for why in ("not_said", "definition")),
    ]
    Comparison.objects.create(submission=row, digest="1" * 64, compared_at=at, differences=told)
    page = staff.get(address).content.decode().translate({0x2066: None, 0x2069: None})
    assert sentence in page
    assert page.count("<li>X: ") == 2
    assert "1" * 64 in page


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
