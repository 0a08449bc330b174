"""The kinds of alerts, and who is told of each."""

from collections.abc import Mapping
from enum import StrEnum


class AlertKind(StrEnum):
    """What is going wrong (loại cảnh báo)."""

    TARGET_SLIPS = "target_slips"  # theo nhịp hiện nay sẽ không đạt chỉ tiêu
    BELOW_FLOOR = "below_floor"  # dưới mức sàn của chỉ tiêu
    LOOKS_MADE = "looks_made"  # dấu hiệu chạy chỉ tiêu
    DATA_DOUBTFUL = "data_doubtful"  # dữ liệu đáng ngờ
    COUNTS_DIFFER = "counts_differ"  # số liệu đối soát không khớp
    JOURNAL_BROKEN = "journal_broken"  # nhật ký có mục không còn nguyên vẹn
    CUBE_STANDS = "cube_stands"  # khối số liệu đứng yên
    LOG_STANDS = "log_stands"  # nhật ký công khai đứng yên


class Who(StrEnum):
    """Who is told."""

    ANSWERS = "answers"  # người chịu trách nhiệm chỉ tiêu, theo kế hoạch
    HEAD = "head"  # người đứng đầu đơn vị
    AUDITORS = "auditors"  # kiểm soát thủ tục hành chính, của đơn vị và cấp trên
    ADMINISTRATORS = "administrators"  # quản trị hệ thống


K, W = AlertKind, Who
TOLD: Mapping[AlertKind, frozenset[Who]] = {
    K.TARGET_SLIPS: frozenset({W.ANSWERS, W.HEAD}),
    K.BELOW_FLOOR: frozenset({W.ANSWERS, W.HEAD, W.AUDITORS}),
    K.LOOKS_MADE: frozenset({W.AUDITORS, W.HEAD}),
    K.DATA_DOUBTFUL: frozenset({W.AUDITORS, W.HEAD}),
    K.COUNTS_DIFFER: frozenset({W.AUDITORS, W.ADMINISTRATORS}),
    K.JOURNAL_BROKEN: frozenset({W.AUDITORS, W.ADMINISTRATORS, W.HEAD}),
    K.CUBE_STANDS: frozenset({W.ADMINISTRATORS, W.AUDITORS}),
    K.LOG_STANDS: frozenset({W.ADMINISTRATORS, W.AUDITORS}),
}
OF_MACHINERY = frozenset({K.CUBE_STANDS, K.LOG_STANDS})
OF_FIGURES = frozenset(AlertKind) - OF_MACHINERY
CONFIDENTIAL = frozenset({K.LOOKS_MADE})
"""Shown only to who may read signs of gaming (`indicators.rules.duties.Duty.READ_ALARMS`)."""
