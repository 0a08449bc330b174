"""What a specialist can propose."""

from enum import StrEnum


class Proposal(StrEnum):
    """The proposal of an appraisal (đề xuất sau thẩm định)."""

    APPROVE = "approve"  # đủ điều kiện
    REFUSE = "refuse"  # không đủ điều kiện
