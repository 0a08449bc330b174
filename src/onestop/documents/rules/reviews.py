"""The data of the quarterly review sheet of the action plan (phiếu rà soát kế hoạch quý)."""

from typing import NotRequired, TypedDict

from onestop.documents.rules.slips import Paper, Signer


class ReviewRow(TypedDict):
    """One target: what was to be reached, what was, the word for it, as they are to be read: "87,3 %", "4,5 ngày"."""

    indicator: str
    answers: NotRequired[str]  # the post that answers for it
    target: str
    counted: str  # "274.682 / 314.781"; of what is no share, how it is known
    reached: str
    gap: str
    forecast: str
    word: str
    missed_on: NotRequired[str]


class ReviewTask(TypedDict):
    """One task of the unit with its state in words."""

    title: str
    post: str
    due: str
    evidence: str  # "bien-ban.pdf", "3 tệp"
    word: str


class QuarterlyReview(Paper):
    """What stands on a review sheet."""

    number: str
    period: str  # "Quý III năm 2026"
    as_of: str
    plan: str  # "Kế hoạch năm 2026, bản số 2"
    rows: list[ReviewRow]
    summary: str
    tasks: NotRequired[list[ReviewTask]]
    method: str
    drafter: NotRequired[str]
    signer: Signer
    recipients: NotRequired[list[str]]
