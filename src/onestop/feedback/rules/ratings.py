"""Rating how a dossier was settled (đánh giá mức độ hài lòng).

Source: Circular 01/2018/TT-VPCP Art 13-15 (what is asked: contacts, agencies, conduct) and Decree 61/2018/NĐ-CP Art
30-31 (the applicant rates by slip, device or online). Few questions, only the first of them required. A rating is never
overwritten: within `CORRECTABLE` the applicant may say it anew, by an entry that names the one before. What was tapped
on a device beside the officer corrects nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from onestop.accounts.rules import Principal
from onestop.errors import Fault

WORST, SATISFIED, BEST = 1, 4, 5
STEPS = tuple(range(BEST, WORST - 1, -1))
MOST_ASKED = 9
LONGEST_COMMENT = 1000
CORRECTABLE = timedelta(days=15)


class RatedBy(StrEnum):
    """How a rating came in (hình thức đánh giá)."""

    ONLINE = "online"  # đăng nhập trên cổng
    LINK = "link"  # theo đường dẫn trên giấy tiếp nhận
    DESK_DEVICE = "desk_device"  # trên thiết bị tại quầy


class Conduct(StrEnum):
    """How the officers behaved (thái độ phục vụ)."""

    KIND = "kind"  # tận tình, chu đáo
    PROPER = "proper"  # đúng mực
    POOR = "poor"  # chưa đúng mực


@dataclass(frozen=True, slots=True)
class Answers:
    """What the applicant says; all but the rating may be left out.

    `contacts` is how often they had to come back or write to complete the dossier, `agencies` how many agencies they
    had to turn to, the one-stop among them.
    """

    rating: int
    contacts: int | None = None
    agencies: int | None = None
    conduct: Conduct | None = None
    comment: str = ""


def way_of(by: Principal) -> RatedBy:
    """Return how `by` gives a rating: an officer lends the device, an account is logged in, else it is the link."""
    if by.posting_id is not None:
        return RatedBy.DESK_DEVICE
    return RatedBy.LINK if by.account_id is None else RatedBy.ONLINE


def find_faults(answers: Answers) -> tuple[Fault, ...]:
    """Return everything that is wrong with the answers."""
    checks = (
        ("rating", "rating.not_chosen", not WORST <= answers.rating <= BEST),
        ("contacts", "rating.unlikely_number", not 0 <= (answers.contacts or 0) <= MOST_ASKED),
        ("agencies", "rating.unlikely_number", not 0 <= (answers.agencies or 0) <= MOST_ASKED),
        ("comment", "rating.comment_too_long", len(answers.comment) > LONGEST_COMMENT),
    )
    return tuple(Fault(field, code, {"most": _most(field)}) for field, code, wrong in checks if wrong)


def find_objections(earlier: Sequence[datetime], way: RatedBy, at: datetime) -> tuple[str, ...]:
    """Return every reason against rating at `at`, after ratings at the moments `earlier`."""
    if not earlier:
        return ()
    checks = (
        ("rating.not_corrected_here", way is RatedBy.DESK_DEVICE),
        ("rating.stands", at > min(earlier) + CORRECTABLE),
    )
    return tuple(code for code, wrong in checks if wrong)


def _most(field: str) -> int:
    return LONGEST_COMMENT if field == "comment" else MOST_ASKED
