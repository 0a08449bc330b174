"""What is missing, case by case; which time limit holds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from onestop.catalogue.rules.content import ProcedureContent, RequiredDocument, TimeLimitCase
from onestop.catalogue.rules.kinds import DocumentKind, FilingChannel
from onestop.dossiers.rules.filing import Channel, Given, PartGiven
from onestop.errors import Fault, Refused
from onestop.intake.rules.completeness import Gap, GapKind, find_gaps
from onestop.intake.rules.promise import ground_of_acceptance, limit_for
from onestop.worktime.rules import TimeLimit, TimeUnit

K, C, G = DocumentKind, Channel, Given
ONLY_IN_A_CASE = {"vi": "nếu đã ly hôn"}
CONTENT = ProcedureContent(
    code="1.0",
    names={"vi": "x"},
    components=(
        RequiredDocument("FORM", {"vi": "Tờ khai"}, K.FORM),
        RequiredDocument("NOTICE", {"vi": "Giấy chứng sinh"}, K.SUBMIT),
        RequiredDocument("RULING", {"vi": "Bản án"}, K.SUBMIT, condition=ONLY_IN_A_CASE),
        RequiredDocument("ID", {"vi": "Căn cước"}, K.PRESENT),
        RequiredDocument("ENVELOPE", {"vi": "Phong bì"}, K.SUBMIT, channels=frozenset({FilingChannel.POSTAL})),
    ),
)


@pytest.mark.parametrize(
    ("channel", "parts", "scans_required", "missing"),
    [
        (C.ONLINE, (), False, {("NOTICE", GapKind.DOCUMENT_MISSING)}),
        (C.ONLINE, (("NOTICE", G.FILE),), False, set()),
        (C.ONLINE, (("NOTICE", G.DATA),), False, set()),  # given once: held already
        (C.ONLINE, (("RULING", G.FILE),), False, {("NOTICE", GapKind.DOCUMENT_MISSING)}),
        (C.COUNTER, (), False, {("NOTICE", GapKind.DOCUMENT_MISSING), ("ID", GapKind.NOT_PRESENTED)}),
        (C.COUNTER, (("NOTICE", G.PAPER), ("ID", G.PRESENTED)), False, set()),
        (C.COUNTER, (("NOTICE", G.PAPER), ("ID", G.PRESENTED)), True, {("NOTICE", GapKind.NOT_DIGITISED)}),
        (C.COUNTER, (("NOTICE", G.PAPER), ("NOTICE", G.SCAN), ("ID", G.PRESENTED)), True, set()),
        (
            C.COUNTER,
            (("NOTICE", G.SCAN), ("ID", G.PRESENTED), ("FORM", G.PAPER)),
            True,
            {("FORM", GapKind.NOT_DIGITISED)},
        ),
        (
            C.COUNTER,
            (("NOTICE", G.FILE), ("ID", G.PRESENTED), ("RULING", G.PAPER)),
            True,
            {("RULING", GapKind.NOT_DIGITISED)},
        ),
        (C.POST, (("NOTICE", G.PAPER),), False, {("ENVELOPE", GapKind.DOCUMENT_MISSING)}),
        (C.POST, (("NOTICE", G.PAPER), ("ENVELOPE", G.PAPER)), False, set()),
        (C.ONLINE, (("NOTICE", G.FILE), ("UNKNOWN", G.FILE)), False, set()),
    ],
)
def test_every_gap_at_once(
    channel: Channel, parts: tuple[tuple[str, Given], ...], scans_required: bool, missing: set[tuple[str, GapKind]]
) -> None:
    given = [PartGiven(document, how) for document, how in parts]
    found = find_gaps(content=CONTENT, parts=given, channel=channel, scans_required=scans_required)
    assert {(gap.subject, gap.kind) for gap in found} == missing
    assert len(found) == len(missing)


def test_faults_of_the_form_come_before_the_documents() -> None:
    found = find_gaps(content=CONTENT, parts=(), channel=C.ONLINE, form_faults=[Fault("name", "field.required")])
    assert found == (Gap(GapKind.FIELD, "name", "field.required"), Gap(GapKind.DOCUMENT_MISSING, "NOTICE"))


def test_the_limit_of_a_named_case_else_the_default() -> None:
    def case(name: str, days: int) -> TimeLimitCase:
        return TimeLimitCase(name, Decimal(days), "working_day", TimeLimit(days, TimeUnit.WORKING_DAY), "")

    content = replace(CONTENT, time_limits=(case("", 10), case("nhà ở riêng lẻ", 7)), default_case=0)
    assert str(limit_for(content)) == "10 working days"
    assert limit_for(content, "nhà ở riêng lẻ").quantity == 7
    assert limit_for(content, "no such case").quantity == 10
    in_words = TimeLimitCase("", None, "other", None, "")
    for unusable in (CONTENT, replace(CONTENT, time_limits=(in_words,), default_case=0)):
        with pytest.raises(Refused, match="no_time_limit"):
            limit_for(unusable)


@pytest.mark.parametrize(
    ("on", "ground"),
    [
        (date(2025, 6, 30), "61/2018/NĐ-CP Đ17"),
        (date(2025, 7, 1), "118/2025/NĐ-CP"),
        (date(2026, 8, 4), "118/2025/NĐ-CP"),
        (date(2026, 8, 5), "309/2026/NĐ-CP Đ17.3"),
    ],
)
def test_the_rule_named_is_the_one_in_force_that_day(on: date, ground: str) -> None:
    assert ground_of_acceptance(on) == ground
