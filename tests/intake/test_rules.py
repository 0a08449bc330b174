"""Reasons and supplement requests: every objection at once."""

from onestop.intake.rules.reasons import Reason, find_faults_of_reasons
from onestop.intake.rules.supplement import SupplementItem, find_objections

GOOD = SupplementItem("DESIGN", "bản vẽ thiếu mặt cắt móng", "nộp lại bản vẽ có mặt cắt móng", "175/2024/NĐ-CP Đ46")


def test_a_sound_first_request_meets_no_objection() -> None:
    assert find_objections(items=[GOOD], published=["DESIGN"], round=1) == ()


def test_nothing_may_be_asked_that_is_not_published() -> None:
    free = SupplementItem("LETTER_OF_COMMUNE", "cần thêm", "xin xác nhận", "theo yêu cầu")
    assert find_objections(items=[GOOD, free], published=["DESIGN"], round=1) == (
        "supplement.not_on_the_published_list",
    )


def test_all_objections_come_together() -> None:
    empty = SupplementItem("OTHER", " ", "", "")
    assert find_objections(items=[empty], published=["DESIGN"], round=2, working_days_since=4) == (
        "supplement.not_on_the_published_list",
        "supplement.without_reason",
        "supplement.without_ground",
        "supplement.second_needs_the_head",
        "supplement.too_late",
    )


def test_the_head_may_allow_a_second_and_a_late_one() -> None:
    allowed = find_objections(
        items=[GOOD], published=["DESIGN"], round=2, working_days_since=9, countersigned_by="H49.21.leader"
    )
    assert allowed == ()


def test_a_refusal_needs_every_reason_with_its_ground() -> None:
    assert find_faults_of_reasons([]) == ("refusal.no_reason",)
    assert find_faults_of_reasons([Reason("", ""), Reason("không thuộc thẩm quyền", "63/2010/NĐ-CP Đ20")]) == (
        "refusal.empty_reason",
        "refusal.no_ground",
    )
