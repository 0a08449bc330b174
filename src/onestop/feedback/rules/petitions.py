"""What becomes of a petition, what follows what, and until when (phản ánh, kiến nghị: PAKN).

The terms are those of rule R10 (`worktime.rules.duties`): not taken within 2 working days, made clear within 5,
answered within 15, a public answer published within 2 more. While the petitioner is asked to make something clear the
clock stands still, as a dossier's does. It is extended once, with a reason; that counts as prolonged.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onestop.errors import Fault

LONGEST_TEXT = 4000
LONGEST_SUBJECT = 160
SHORTEST_TEXT = 10
MOST_EXTENSION_DAYS = 15


class PetitionDeed(StrEnum):
    """A deed to a petition; also the kind of its entry in the journal."""

    FILE = "file_petition"  # gửi phản ánh, kiến nghị
    ASSIGN = "assign_petition"  # phân loại, giao xử lý
    REFUSE = "refuse_petition"  # không tiếp nhận
    ASK = "ask_petitioner"  # yêu cầu làm rõ
    CLARIFY = "clarify_petition"  # làm rõ
    EXTEND = "extend_petition"  # gia hạn
    VERIFY = "verify_petition"  # xác minh đúng, sai
    ANSWER = "answer_petition"  # trả lời
    PUBLISH = "publish_answer"  # công khai câu trả lời
    RATE = "rate_answer"  # đánh giá việc trả lời
    READ = "read"  # xem: leaves no entry here


class PetitionState(StrEnum):
    """How far a petition is (trạng thái xử lý)."""

    FILED = "filed"  # mới gửi
    ASSIGNED = "assigned"  # đang xử lý
    ASKED = "asked"  # chờ người gửi làm rõ
    ANSWERED = "answered"  # đã trả lời
    REFUSED = "refused"  # không tiếp nhận


class Topic(StrEnum):
    """What a petition is about (nội dung phản ánh), as the petitioner says and the centre classifies."""

    RULES = "rules"  # quy định, thủ tục hành chính
    CONDUCT = "conduct"  # hành vi cán bộ, công chức, viên chức
    DELAY = "delay"  # chậm, sai hạn
    SERVICE = "service"  # cơ sở vật chất, hệ thống, khác


class Outcome(StrEnum):
    """What was found of what a petition says (kết quả xác minh)."""

    UPHELD = "upheld"  # đúng
    UNTRUE = "untrue"  # không đúng


D, S = PetitionDeed, PetitionState
OPEN = frozenset({S.FILED, S.ASSIGNED, S.ASKED})
TABLE: dict[PetitionDeed, dict[PetitionState, PetitionState]] = {
    D.ASSIGN: dict.fromkeys((S.FILED, S.ASSIGNED), S.ASSIGNED),
    D.REFUSE: dict.fromkeys((S.FILED, S.ASSIGNED), S.REFUSED),
    D.ASK: dict.fromkeys((S.FILED, S.ASSIGNED), S.ASKED),
    D.CLARIFY: {S.ASKED: S.FILED},  # or to where it was: see `find_next`
    D.EXTEND: {S.ASSIGNED: S.ASSIGNED},
    D.VERIFY: {S.ASSIGNED: S.ASSIGNED, S.ANSWERED: S.ANSWERED},
    D.ANSWER: {S.ASSIGNED: S.ANSWERED},
    D.PUBLISH: {S.ANSWERED: S.ANSWERED},
    D.RATE: {S.ANSWERED: S.ANSWERED},
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a petitioner says. Without an account, a phone or an address to answer to is needed."""

    subject: str
    text: str
    topic: Topic
    phone: str = ""
    email: str = ""


def find_next(deed: PetitionDeed, state: PetitionState, *, assigned: bool) -> PetitionState | None:
    """Return the state that a deed leads to, or None if it cannot be done there."""
    after = TABLE.get(deed, {}).get(state)
    if after is not None and deed is D.CLARIFY and assigned:
        return S.ASSIGNED
    return after


def find_faults(said: Said, *, is_known: bool) -> tuple[Fault, ...]:
    """Return everything wrong with what was said; `is_known` if the petitioner is logged in."""
    checks = (
        ("subject", "petition.no_subject", not said.subject.strip()),
        ("subject", "petition.too_long", len(said.subject) > LONGEST_SUBJECT),
        ("text", "petition.too_short", len(said.text.strip()) < SHORTEST_TEXT),
        ("text", "petition.too_long", len(said.text) > LONGEST_TEXT),
        ("phone", "petition.nowhere_to_answer", not is_known and not said.phone and not said.email),
        ("phone", "field.phone", bool(said.phone) and not _is_phone(said.phone)),
        ("email", "field.email", bool(said.email) and not _is_email(said.email)),
    )
    most = {"subject": LONGEST_SUBJECT, "text": LONGEST_TEXT}
    return tuple(Fault(field, code, {"most": most.get(field, 0)}) for field, code, wrong in checks if wrong)


def find_words_missing(words: str) -> tuple[Fault, ...]:
    """Return what is wrong with a reason, a question or an answer: it says nothing, or far too much."""
    checks = (
        ("words", "petition.no_words", not words.strip()),
        ("words", "petition.too_long", len(words) > LONGEST_TEXT),
    )
    return tuple(Fault(field, code, {"most": LONGEST_TEXT}) for field, code, wrong in checks if wrong)


def find_extension_objections(*, extensions: int, days: int, due_at: datetime, at: datetime) -> tuple[str, ...]:
    """Return every reason against extending: twice, for too long, or once it is late."""
    checks = (
        ("petition.extended_already", extensions > 0),
        ("petition.extension_too_long", not 1 <= days <= MOST_EXTENSION_DAYS),
        ("petition.late_already", at > due_at),
    )
    return tuple(code for code, wrong in checks if wrong)


def find_verdict_objections(
    *, account: int, answered_by: int | None, own_agency: int, about_unit: int, is_conduct: bool
) -> tuple[str, ...]:
    """Return every reason against finding out whether it is true: by who answered it, or, of conduct, by the very
    agency complained of. Whoever is complained of does not even see it (`rules/duties.py`).
    """
    checks = (
        ("petition.verified_by_who_answered", account == answered_by),
        ("petition.verified_within_the_unit", is_conduct and own_agency == about_unit),
    )
    return tuple(code for code, wrong in checks if wrong)


def is_late(*, due_at: datetime, waits_from: datetime | None, answered_at: datetime | None, at: datetime) -> bool:
    """True if the answer came, or has not come, after it was due; while the petitioner is asked the clock stands."""
    return (answered_at or waits_from or at) > due_at


def _is_phone(text: str) -> bool:
    digits = text.replace(" ", "").replace(".", "")
    return digits.isascii() and digits.isdigit() and len(digits) == 10 and digits.startswith("0")


def _is_email(text: str) -> bool:
    name, _, place = text.partition("@")
    return bool(name) and "." in place and not place.startswith(".") and " " not in text
