"""The small sets of codes of a plan."""

from enum import StrEnum


class PlanState(StrEnum):
    """How far a version of a plan is (trạng thái của kế hoạch)."""

    DRAFT = "draft"  # dự thảo
    SIGNED = "signed"  # đã ký, đang có hiệu lực
    AMENDED = "amended"  # đã được thay bằng bản sửa đổi; vẫn đọc được


class Origin(StrEnum):
    """Where a target comes from (nguồn của chỉ tiêu)."""

    BY_HAND = "by_hand"  # giao trực tiếp
    IMPORTED = "imported"  # nhập từ tệp
    INHERITED = "inherited"  # bằng chỉ tiêu của tỉnh
    SCALED = "scaled"  # phân bổ theo kết quả năm trước
    DIVIDED = "divided"  # chia từ chỉ tiêu của tỉnh


class TaskState(StrEnum):
    """How far a task is (trạng thái nhiệm vụ)."""

    OPEN = "open"  # đang làm
    LATE = "late"  # quá hạn
    DONE = "done"  # đã báo cáo hoàn thành, chờ nghiệm thu
    ACCEPTED = "accepted"  # đã nghiệm thu


class Deed(StrEnum):
    """What can be done to a plan; the value is the kind of its journal entry."""

    OPEN = "plan_open"
    SET_LINE = "plan_set_line"
    DROP_LINE = "plan_drop_line"
    IMPORT = "plan_import"
    CASCADE = "plan_cascade"
    SIGN = "plan_sign"
    AMEND = "plan_amend"
    SET_TASK = "plan_task_set"
    HAND_IN = "plan_task_hand_in"
    ACCEPT = "plan_task_accept"
    SEND_BACK = "plan_task_send_back"
    SIGN_REVIEW = "plan_review_sign"
    REPORT = "plan_report"
    ACCEPT_REPORT = "plan_report_accept"
    SEND_REPORT_BACK = "plan_report_send_back"
