"""The plan's pages: what everybody reads, what officers do, what stays closed."""

import csv
import io
import json
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onestop.demo.papers import scan
from onestop.demo.stage import moment
from onestop.indicators.operations.cube import rebuild_cube
from onestop.plans.queries.plans import find_draft, get_plan, get_version, list_lines
from onestop.plans.queries.tasks import list_tasks
from onestop.plans.rules.kinds import TaskState
from onestop.validation.queries import verify_pdf
from tests.web.officers import Hall, counted, said
from tests.web.plan.conftest import TODAY

YEAR = 2026
HEAD = "Đơn vị;Chỉ số;Chỉ tiêu;Văn bản\n"


def text(response: Any) -> str:
    return str(response.content.decode())


def test_everybody_reads_the_plan_with_its_progress(planned: Hall) -> None:
    words = {"vi": "Kế hoạch hành động 2026", "en": "Action plan 2026", "ur": "عملی منصوبہ 2026"}
    for language, title in words.items():
        client = Client()
        client.cookies["lang"] = language
        page = text(client.get("/ke-hoach/"))
        assert title in page
        assert "don-vi=H49.26" in page  # every unit has its page


def test_progress_is_read_from_the_cube_in_few_statements(planned: Hall) -> None:
    with counted() as journal:
        Client().get("/ke-hoach/")
    rebuild_cube(at=moment(TODAY))
    with counted() as cube:
        Client().get("/ke-hoach/")
    assert len(journal) > len(cube)
    assert not [item for item in cube if "WITH facts" in item["sql"]]
    assert len(cube) <= 60


def test_the_public_page_names_nobody_and_keeps_small_counts_back(planned: Hall) -> None:
    client = Client()
    client.cookies["lang"] = "en"
    unit = planned.world.stage.unit_code("Đặc khu Cô Tô")
    pages = text(client.get("/ke-hoach/")) + text(client.get(f"/ke-hoach/?don-vi={unit}"))
    inside = text(planned.log_in("long.coto").get("/ke-hoach/tien-do/"))
    assert "Fewer than 5 dossiers" in pages
    assert "Fewer than 5 dossiers" not in inside
    assert "/bang-chi-so/ho-so/" in inside
    assert "/bang-chi-so/ho-so/" not in pages
    assert not [name for name in ("Nguyễn Hạ Long", "Phạm Thành Long", "Trần Quang Huy") if name in pages]


def test_past_days_are_judged_by_the_version_of_then(planned: Hall) -> None:
    client = planned.log_in("lanhdao")
    assert "Judged by version 2" in text(client.get("/ke-hoach/tien-do/"))
    early = text(client.get("/ke-hoach/tien-do/?den=2026-07-01"))
    assert "Judged by version 1" in early
    assert "90.0" in early
    assert client.get("/ke-hoach/tien-do/?den=2026-01-03").status_code == 200  # none in force: said so


def test_what_is_not_public_stays_closed(planned: Hall) -> None:
    """Strangers log in first; other agencies are not there; drafting is for control officers alone."""
    for place in ("tien-do/", "chi-tieu/", "viec/", "viec/moi/", "ra-soat/", "cham-diem/", f"soan/{YEAR}/ky/"):
        answer = Client().get(f"/ke-hoach/{place}")
        assert (answer.status_code, "dang-nhap" in answer["Location"]) == (302, True)
    quang, stage = planned.log_in("quang"), planned.world.stage
    for place in ("tien-do/", "ra-soat/"):
        for unit in ("H49", stage.unit_code("Đặc khu Cô Tô"), "nothing"):
            assert quang.get(f"/ke-hoach/{place}?don-vi={unit}").status_code == 404
    for client in (quang, planned.log_in("minh"), planned.log_in("lanhdao")):
        for place in ("chi-tieu", "nhap", "phan-bo", "sua-doi"):
            assert client.get(f"/ke-hoach/soan/{YEAR}/{place}/").status_code == 403


def test_from_amendment_to_signature_in_pages(planned: Hall) -> None:
    office, leader = planned.log_in("kiemsoat"), planned.log_in("lanhdao")
    assert office.post(f"/ke-hoach/soan/{YEAR}/sua-doi/", {"reason": ""}).status_code == 422
    office.post(f"/ke-hoach/soan/{YEAR}/sua-doi/", {"reason": "Điều chỉnh"})
    stranger = planned.log_in("quang")  # a draft is not for everybody's eyes
    assert stranger.get(f"/ke-hoach/chi-tieu/{YEAR}/3/").status_code == 404
    line = {"unit": "H49", "indicator": "ELECTRONIC_RESULTS", "target": "98,5", "weight": "2", "document": "KH 2"}
    bad = office.post(f"/ke-hoach/soan/{YEAR}/chi-tieu/", {**line, "target": "101"})
    assert (bad.status_code, "No targets yet" in text(bad)) == (422, False)
    office.post(f"/ke-hoach/soan/{YEAR}/chi-tieu/", line)
    rule = {"indicator": "ELECTRONIC_RESULTS", "spread": "scale", "rounding": "up", "step": "0.1"}
    assert said(office.post(f"/ke-hoach/soan/{YEAR}/phan-bo/", rule))[-1].startswith("Handed down to 70 units")
    saved = {**line, "indicator": "COMPLIANCE_COST_SAVED", "target": "1.500.000.000"}
    assert office.post(f"/ke-hoach/soan/{YEAR}/chi-tieu/", {**saved, "target": "5 tỷ"}).status_code == 422
    office.post(f"/ke-hoach/soan/{YEAR}/chi-tieu/", saved)
    assert "at least 1,500,000,000 đồng" in text(office.get(f"/ke-hoach/chi-tieu/{YEAR}/3/"))
    drop = {"unit": "H49.26", "indicator": "ELECTRONIC_RESULTS"}
    office.post(f"/ke-hoach/soan/{YEAR}/bo/", drop)
    assert "Waits for your signature" in text(leader.get(f"/ke-hoach/chi-tieu/{YEAR}/3/"))
    assert "Version 3" in text(leader.get(f"/ke-hoach/soan/{YEAR}/ky/"))
    leader.post(f"/ke-hoach/soan/{YEAR}/ky/", {"seen": str(get_plan(YEAR).last_entry)})
    assert find_draft(get_plan(YEAR)) is None
    assert get_version(get_plan(YEAR), 3).signed_at == moment(TODAY)
    old = text(leader.get(f"/ke-hoach/chi-tieu/{YEAR}/1/"))
    assert "Replaced by an amendment" in old


def test_an_import_names_every_bad_cell_and_loads_nothing(planned: Hall) -> None:
    office = planned.log_in("kiemsoat")
    office.post(f"/ke-hoach/soan/{YEAR}/sua-doi/", {"reason": "Điều chỉnh"})
    address, draft = f"/ke-hoach/soan/{YEAR}/nhap/", find_draft(get_plan(YEAR))
    assert draft is not None
    before = list(list_lines(draft).values_list("pk", "target"))
    bad = (HEAD + "H50;FULL_PROCESS;70;KH\nH49;FULL_PROCESS;bảy;KH\n").encode()
    page = office.post(address, {"table": SimpleUploadedFile("a.csv", bad)})
    assert page.status_code == 422
    assert all(place in text(page) for place in ("A2", "C3", "“H50” is no unit", "“bảy” is no number"))
    assert list(list_lines(draft).values_list("pk", "target")) == before
    hostile = office.post(address, {"table": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")})
    assert (hostile.status_code, "The file" in text(hostile)) == (422, True)
    assert office.post(address).status_code == 422
    good = (HEAD + "H49;FULL_PROCESS;71,5;KH 3\n").encode()
    assert said(office.post(address, {"table": SimpleUploadedFile("a.csv", good)})) == ["1 target is in the draft."]


def test_the_template_is_a_workbook_with_all_units(planned: Hall) -> None:
    from openpyxl import load_workbook

    answer = planned.log_in("kiemsoat").get(f"/ke-hoach/soan/{YEAR}/bieu-mau.xlsx")
    sheet: Any = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    units = {row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert len(units) == 71


def test_a_year_without_a_plan_is_opened_from_its_page(planned: Hall) -> None:
    office = planned.log_in("kiemsoat")
    assert "Open the plan" in text(office.get("/ke-hoach/chi-tieu/?nam=2027"))
    assert "Open the plan" not in text(planned.log_in("quang").get("/ke-hoach/chi-tieu/?nam=2027"))
    assert office.post("/ke-hoach/soan/lap/", {"year": "2027"}).status_code == 302
    assert find_draft(get_plan(2027)) is not None


def test_a_task_from_giving_to_acceptance_in_pages(planned: Hall) -> None:
    office, leader = planned.log_in("kiemsoat"), planned.log_in("quang")
    unit = planned.world.stage.unit_code("Phường Hồng Gai")
    form = {"unit": unit, "title": "Tập huấn", "indicator": "FULL_PROCESS", "post": "", "due_on": "30/11/2026"}
    assert office.post(f"/ke-hoach/viec/moi/?don-vi={unit}", {**form, "due_on": "hôm qua"}).status_code == 422
    address = office.post(f"/ke-hoach/viec/moi/?don-vi={unit}", form)["Location"]
    assert "Report done" in text(leader.get(address))
    unsafe = leader.post(f"{address}bao-cao/", {"files": SimpleUploadedFile("a.exe", b"MZ" + bytes(100))})
    assert unsafe.status_code == 422
    proof = SimpleUploadedFile("bao-cao.pdf", scan("Báo cáo", "Hồng Gai"))
    leader.post(f"{address}bao-cao/", {"files": proof, "note": "Xong"})
    page = text(leader.get(address))
    assert "Somebody else accepts this" in page or "Accept the evidence" not in page
    assert leader.post(f"{address}nghiem-thu/").status_code == 409
    file = get_file(page)
    assert office.get(file)["Content-Disposition"].startswith("attachment")
    assert planned.log_in("long.coto").get(file).status_code == 404
    office.post(f"{address}nghiem-thu/")
    rows = list_tasks(by=planned.world.officer("kiemsoat", TODAY), at=moment(TODAY))
    assert next(row.state for row in rows if row.task.title == "Tập huấn") is TaskState.ACCEPTED


def get_file(page: str) -> str:
    return page.split('href="/ke-hoach/viec/')[1:] and next(
        "/ke-hoach/viec/" + part.split('"')[0]
        for part in page.split('href="/ke-hoach/viec/')
        if "/minh-chung/" in part.split('"')[0]
    )


def test_reviews_are_looked_at_signed_and_taken_away(planned: Hall) -> None:
    leader, unit = planned.log_in("quang"), planned.world.stage.unit_code("Phường Hồng Gai")
    page = text(leader.get("/ke-hoach/ra-soat/"))
    assert "Signed sheet (PDF)" in page  # the first quarter's, by the demo
    draft = leader.get(f"/ke-hoach/ra-soat/{YEAR}/{unit}/3.pdf")
    assert draft.content.startswith(b"%PDF")
    assert not verify_pdf(draft.content).signatures
    leader.post(f"/ke-hoach/ra-soat/{YEAR}/{unit}/3/ky/")
    assert verify_pdf(leader.get(f"/ke-hoach/ra-soat/{YEAR}/{unit}/3.pdf").content).valid
    assert leader.post(f"/ke-hoach/ra-soat/{YEAR}/{unit}/4/ky/").status_code == 409
    assert planned.log_in("long.coto").get(f"/ke-hoach/ra-soat/{YEAR}/{unit}/3.pdf").status_code == 404


def test_points_are_seen_by_the_head_and_by_oneself(planned: Hall) -> None:
    head, hoa, minh = (planned.log_in(name) for name in ("quang", "hoa", "minh"))
    all_of_them = text(head.get("/ke-hoach/cham-diem/"))
    assert "Phạm Thị Hoa" in all_of_them
    assert hoa.get("/ke-hoach/cham-diem/").status_code == 403
    mine = text(hoa.get("/ke-hoach/cham-diem/cua-toi/"))
    assert "Phạm Thị Hoa" in mine
    assert "Nguyễn Văn Minh" not in mine
    posting = planned.world.officer("hoa", TODAY).posting_id
    address = f"/ke-hoach/cham-diem/{posting}/1/"
    assert "/xu-ly/" in text(hoa.get(address))
    assert head.get(address).status_code == 200
    assert minh.get(address).status_code == 404
    assert hoa.get(f"/ke-hoach/cham-diem/{posting}/5/").status_code == 404


def test_that_a_list_of_dossiers_was_opened_is_on_record(planned: Hall) -> None:
    from onestop.applicants.models import ReadRecord

    posting = planned.world.officer("hoa", TODAY).posting_id
    planned.log_in("quang").get(f"/ke-hoach/cham-diem/{posting}/1/")
    assert ReadRecord.objects.filter(what="plan:points:1").exists()


def test_the_leader_compares_all_agencies_in_any_order(planned: Hall) -> None:
    leader = planned.log_in("lanhdao")
    page = text(leader.get("/ke-hoach/cham-diem/co-quan/?xep=ten"))
    assert 'aria-sort="ascending"' in page
    names = [part.split("</th>")[0] for part in page.split('<th scope="row">')[1:]]
    assert len(names) == 70
    assert text(leader.get("/ke-hoach/cham-diem/co-quan/?xep=-ten")).index(names[-1]) < page.index(names[-1])
    rows = list(
        csv.DictReader(io.StringIO(leader.get("/ke-hoach/cham-diem/co-quan.csv").getvalue().decode("utf-8-sig")))
    )
    assert len(rows) == 70
    assert all(float(row["low"]) <= float(row["high"]) <= 18 for row in rows)
    for stranger in ("quang", "hoa"):
        for address in ("/ke-hoach/cham-diem/co-quan/", "/ke-hoach/cham-diem/co-quan.csv"):
            assert planned.log_in(stranger).get(address).status_code in (403, 409)


def test_the_plan_is_open_data_without_small_counts_or_names(planned: Hall) -> None:
    document = Client().get("/ke-hoach/ke-hoach.json").json()
    rows = list(csv.DictReader(io.StringIO(Client().get("/ke-hoach/ke-hoach.csv").getvalue().decode("utf-8-sig"))))
    assert (document["format"], document["signature"]) == ("onestop-plan-1", "holds")
    assert len(rows) == len(document["targets"]) > 500
    assert {row["kind"] for row in rows} == {"share", "count", "duration", "done"}
    small = [item for item in document["targets"] if item["small"]]
    assert small
    assert all(item["value"] is item["numerator"] is item["attained"] is None for item in small)
    assert {item["standing"] for item in small} == {"no_data"}
    told = [item for item in document["targets"] if item["by_hand"] and item["value"] is not None]
    assert told
    assert "Trần Quang Huy" not in json.dumps(document, ensure_ascii=False)
    assert Client().get("/ke-hoach/ke-hoach.json?nam=2031").status_code == 404


def test_a_figure_is_told_by_hand_and_accepted_in_pages(planned: Hall) -> None:
    head, office = planned.log_in("quang"), planned.log_in("kiemsoat")
    assert "Tell the figure" not in text(planned.log_in("hoa").get("/ke-hoach/bao-cao/"))
    waiting = text(office.get("/ke-hoach/bao-cao/"))
    number = re.findall(r"/ke-hoach/bao-cao/(\d+)/nghiem-thu/", waiting)[0]
    assert office.get(f"/ke-hoach/bao-cao/{number}/minh-chung/").status_code == 200
    assert planned.log_in("long.coto").get(f"/ke-hoach/bao-cao/{number}/minh-chung/").status_code == 404
    assert office.post(f"/ke-hoach/bao-cao/{number}/tra-lai/", {"reason": "Thiếu danh mục"}).status_code == 302
    assert "Thiếu danh mục" in text(head.get("/ke-hoach/bao-cao/"))
    address = f"/ke-hoach/bao-cao/gui/{YEAR}/PROCEDURES_CUT/"
    bad = head.post(address, {"value": "hai", "reached_on": "31/12/2026"})
    assert (bad.status_code, text(bad).count("error")) >= (422, 1)
    proof = SimpleUploadedFile("bao-cao.pdf", scan("Báo cáo", "Hồng Gai"))
    assert head.post(address, {"value": "2", "reached_on": "19/11/2026", "evidence": proof}).status_code == 302
    assert head.get(address).status_code == 404  # one waits already


def test_points_of_the_decree_are_seen_by_the_head_and_by_oneself(planned: Hall) -> None:
    head, hoa, minh = (planned.log_in(name) for name in ("quang", "hoa", "minh"))
    posting = planned.world.officer("hoa", TODAY).posting_id
    address = f"/ke-hoach/cham-diem/nd-335/{posting}/"
    assert "Phạm Thị Hoa" in text(head.get("/ke-hoach/cham-diem/nd-335/"))
    assert hoa.get("/ke-hoach/cham-diem/nd-335/").status_code == 403
    mine = text(hoa.get("/ke-hoach/cham-diem/nd-335/cua-toi/"))
    assert "Phạm Thị Hoa" in mine
    assert "Nguyễn Văn Minh" not in mine
    assert minh.get(address).status_code == 403
    assert planned.log_in("long.coto").get(address).status_code == 404
    assert head.post(f"{address}tieu-chi-chung/", {"points": "trăm", "reason": ""}).status_code == 422
    sent = {"points": "88,5", "reason": "Tận tụy với dân"}
    assert head.post(f"{address}tieu-chi-chung/?nam=2026", sent).status_code == 302
    assert "Tận tụy với dân" in text(hoa.get("/ke-hoach/cham-diem/nd-335/cua-toi/"))
    assert hoa.get("/ke-hoach/cham-diem/nd-335/cua-toi/?nam=2025").status_code == 404
