"""Which entry of the journal is told to whom, as which message (thông báo).

Citizens hear of every turn of their dossier: Decree 61/2018/NĐ-CP Art 17-20 (as amended by 118/2025): acceptance,
supplement, apology with a new date, result. A message carries a kind and parameters; faces put it into words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Topic(StrEnum):
    """What a message is about: what a person chooses by (chủ đề)."""

    DOSSIERS = "dossiers"  # hồ sơ, phản ánh của tôi
    WORK = "work"  # hồ sơ tôi xử lý
    PLAN = "plan"  # kế hoạch, nhiệm vụ
    ALERTS = "alerts"  # cảnh báo


class Audience(StrEnum):
    """Whom an entry concerns."""

    APPLICANT = "applicant"  # người nộp hồ sơ và người đại diện
    ASSIGNEE = "assignee"  # người được phân công
    OPENER = "opener"  # người mở đầu chuỗi mục: người gửi phản ánh, kiến nghị
    CONSULTED = "consulted"  # lãnh đạo đơn vị được lấy ý kiến
    POSTS = "posts"  # người giữ các vị trí ghi trong mục nhật ký


class MessageKind(StrEnum):
    """What is told (loại thông báo). Alerts have kinds of their own: `alert_kind`."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    SUPPLEMENT = "supplement"
    FEE_STATED = "fee_stated"
    APOLOGY = "apology"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    STOPPED = "stopped"
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    REVOKED = "revoked"
    PETITION_ANSWERED = "petition_answered"
    PETITION_UNCLEAR = "petition_unclear"
    PETITION_EXTENDED = "petition_extended"
    PETITION_REFUSED = "petition_refused"
    ASSIGNED = "assigned"
    SUPPLEMENT_CAME = "supplement_came"
    OPINION_ASKED = "opinion_asked"
    TASK_GIVEN = "task_given"
    TASK_ACCEPTED = "task_accepted"
    TASK_SENT_BACK = "task_sent_back"
    TASK_SOON = "task_soon"
    TASK_TODAY = "task_today"
    TASK_LATE = "task_late"
    TASK_WAITS = "task_waits"
    REVIEW_DUE = "review_due"
    NOBODY_ANSWERS = "nobody_answers"


@dataclass(frozen=True, slots=True)
class Telling:
    """How an entry is told: as which kind, under which topic, to whom, with which parameters of its payload."""

    kind: MessageKind
    topic: Topic
    audience: Audience
    params: tuple[str, ...] = ()


K, T, A = MessageKind, Topic, Audience
OF_DOSSIER: Mapping[str, Telling] = {
    "accept": Telling(K.ACCEPTED, T.DOSSIERS, A.APPLICANT, ("due_at",)),
    "refuse": Telling(K.REFUSED, T.DOSSIERS, A.APPLICANT),
    "request_supplement": Telling(K.SUPPLEMENT, T.DOSSIERS, A.APPLICANT),
    "charge": Telling(K.FEE_STATED, T.DOSSIERS, A.APPLICANT),
    "reappoint": Telling(K.APOLOGY, T.DOSSIERS, A.APPLICANT, ("appointed_at",)),
    "extend": Telling(K.EXTENDED, T.DOSSIERS, A.APPLICANT, ("due_at",)),
    "suspend": Telling(K.SUSPENDED, T.DOSSIERS, A.APPLICANT),
    "resume": Telling(K.RESUMED, T.DOSSIERS, A.APPLICANT, ("due_at",)),
    "stop": Telling(K.STOPPED, T.DOSSIERS, A.APPLICANT),
    "seal": Telling(K.RESULT_READY, T.DOSSIERS, A.APPLICANT),
    "return_result": Telling(K.RETURNED, T.DOSSIERS, A.APPLICANT),
    "revoke_result": Telling(K.REVOKED, T.DOSSIERS, A.APPLICANT),
    "assign": Telling(K.ASSIGNED, T.WORK, A.ASSIGNEE),
    "answer_supplement": Telling(K.SUPPLEMENT_CAME, T.WORK, A.ASSIGNEE),
    "consult": Telling(K.OPINION_ASKED, T.WORK, A.CONSULTED, ("due_at",)),
}
TASK = ("task", "title", "due_at")
OF_REGISTER: Mapping[str, Telling] = {
    "answer_petition": Telling(K.PETITION_ANSWERED, T.DOSSIERS, A.OPENER, ("petition",)),
    "ask_petitioner": Telling(K.PETITION_UNCLEAR, T.DOSSIERS, A.OPENER, ("petition",)),
    "extend_petition": Telling(K.PETITION_EXTENDED, T.DOSSIERS, A.OPENER, ("petition", "due_at")),
    "refuse_petition": Telling(K.PETITION_REFUSED, T.DOSSIERS, A.OPENER, ("petition",)),
    "plan_task_set": Telling(K.TASK_GIVEN, T.PLAN, A.POSTS, TASK),
    "plan_task_accept": Telling(K.TASK_ACCEPTED, T.PLAN, A.POSTS, TASK),
    "plan_task_send_back": Telling(K.TASK_SENT_BACK, T.PLAN, A.POSTS, TASK),
    "plan_task_soon": Telling(K.TASK_SOON, T.PLAN, A.POSTS, TASK),
    "plan_task_today": Telling(K.TASK_TODAY, T.PLAN, A.POSTS, TASK),
    "plan_task_late": Telling(K.TASK_LATE, T.PLAN, A.POSTS, TASK),
    "plan_task_waits": Telling(K.TASK_WAITS, T.PLAN, A.POSTS, TASK),
    "plan_review_due": Telling(K.REVIEW_DUE, T.PLAN, A.POSTS, ("year", "quarter", "unit")),
    "plan_nobody_answers": Telling(K.NOBODY_ANSWERS, T.PLAN, A.POSTS, ("year", "count")),
}
RAISE, END = "raise_alert", "end_alert"
TOLD = frozenset({*OF_DOSSIER, *OF_REGISTER, RAISE, END})
TOPICS = {telling.kind.value: telling.topic for telling in (*OF_DOSSIER.values(), *OF_REGISTER.values())}


@dataclass(frozen=True, slots=True)
class Told:
    """A message before it has a reader: kind, topic, audience, parameters."""

    kind: str
    audience: Audience
    params: Mapping[str, Any]

    @property
    def topic(self) -> Topic:
        """What it is about."""
        return topic_of(self.kind)


def tell(kind: str, payload: Mapping[str, Any], *, code: str = "") -> Told | None:
    """Return what an entry of this kind tells, or None. `code` is that of the dossier, empty for a register's entry."""
    if kind in {RAISE, END}:
        shown = {name: value for name, value in payload.items() if name != "posts"}
        return None if code else Told(alert_kind(payload["kind"], is_over=kind == END), Audience.POSTS, shown)
    telling = (OF_DOSSIER if code else OF_REGISTER).get(kind)
    if telling is None:
        return None
    params = {name: payload[name] for name in telling.params if name in payload}
    return Told(telling.kind, telling.audience, {"code": code, **params} if code else params)


def alert_kind(kind: str, *, is_over: bool = False) -> str:
    """Return the kind of the message that an alert has begun, or is over."""
    return f"{'over' if is_over else 'alert'}_{kind}"


def topic_of(kind: str) -> Topic:
    """Return the topic of a message of this kind."""
    return TOPICS.get(kind, Topic.ALERTS)
