"""What the once-only review finds, and what it leaves alone."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.catalogue.rules.content import ProcedureContent, RequiredDocument, ResultKind
from onestop.catalogue.rules.forms import Form
from onestop.catalogue.rules.forms.model import Field, FieldType, Section
from onestop.catalogue.rules.kinds import DocumentKind
from onestop.simplification.queries.once_only import list_holdings
from onestop.simplification.rules.once_only import Finding, Kind, review

BIRTH = ProcedureContent("1.001193", {"vi": "Đăng ký khai sinh"}, results=(ResultKind("", {"vi": "Giấy khai sinh"}),))
ROWS = list(csv.DictReader(Path(__file__).with_name("papers.csv").read_text().splitlines()))
DAY = date(2026, 3, 1)


def paper(name: str, kind: str = "submit", reuse: str = "", stated: str = "", code: str = "P") -> RequiredDocument:
    databases = tuple(reuse.split())
    return RequiredDocument(code, {"vi": name}, DocumentKind(kind), reuse_from=databases, reuse_stated=stated == "yes")


def asking(*papers: RequiredDocument) -> ProcedureContent:
    return ProcedureContent("9.000001", {"vi": "Một thủ tục"}, components=papers)


def found(*papers: RequiredDocument, on: date = DAY) -> tuple[Finding, ...]:
    return review([BIRTH, asking(*papers)], {}, list_holdings(), on=on)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['paper']} {row['on']}")
def test_worked_examples(row: dict[str, str]) -> None:
    asked = paper(row["paper"], row["kind"], row["reuse"], row["stated"])
    findings = found(asked, on=date.fromisoformat(row["on"]))
    assert [finding.kind.value for finding in findings] == ([row["finding"]] if row["finding"] else [])


def test_the_issuing_procedure_is_named() -> None:
    (finding,) = found(paper("Bản sao Giấy khai sinh"))
    assert (finding.other, finding.databases) == ("1.001193", ("RESULT",))


def test_a_procedure_is_not_blamed_for_its_own_result() -> None:
    own = ProcedureContent(BIRTH.code, BIRTH.names, components=(paper("Giấy khai sinh cũ"),), results=BIRTH.results)
    assert [finding.kind for finding in review([own], {}, (), on=DAY)] == []


def test_two_papers_for_everybody_that_one_database_answers() -> None:
    one, two = paper("Giấy A", reuse="NPD", code="A"), paper("Giấy B", reuse="NPD ECS", code="B")
    (twice,) = [finding for finding in found(one, two) if finding.kind is Kind.ASKED_TWICE]
    assert (twice.subject, twice.other, twice.databases) == ("B", "A", ("NPD",))
    some = RequiredDocument("C", {"vi": "Giấy C"}, DocumentKind.SUBMIT, condition={"vi": "nếu"}, reuse_from=("NPD",))
    assert Kind.ASKED_TWICE not in {finding.kind for finding in found(one, some)}


def test_a_field_that_a_database_answers_and_nobody_fills_in() -> None:
    def field(key: str, prefill: str = "") -> Field:
        return Field(key, {"vi": "Nơi cư trú"}, FieldType.TEXT, prefill=prefill)

    fields = (field("applicant_home"), field("applicant_kept", "account.residence"), field("child_home"))
    form = Form("F", 1, {"vi": "Tờ khai"}, ("9.000001",), "", True, (Section({"vi": "I"}, fields),))
    findings = review([asking()], {"9.000001": form}, list_holdings(), on=DAY)
    assert [(finding.kind, finding.subject) for finding in findings] == [(Kind.TYPED_AGAIN, "applicant_home")]


@given(st.lists(st.sampled_from(ROWS), max_size=6), st.dates(date(2019, 1, 1), date(2030, 1, 1)))
def test_more_law_never_finds_less_and_each_paper_at_most_once(rows: list[dict[str, str]], on: date) -> None:
    papers = [paper(row["paper"], row["kind"], row["reuse"], row["stated"], f"P{n}") for n, row in enumerate(rows)]
    single = [finding for finding in found(*papers, on=on) if finding.kind is not Kind.ASKED_TWICE]
    assert len({finding.subject for finding in single}) == len(single) <= len(papers)
    later = {finding.subject for finding in found(*papers, on=date(2031, 1, 1))}
    assert {finding.subject for finding in single} <= later
