"""The state table: which verb leads from which state to which.

States carry the national codes 1-10 (hồ sơ trên Cổng Dịch vụ công quốc gia); the verbs are the legal ones.
"""

from enum import IntEnum, StrEnum


class State(IntEnum):
    """State of a dossier (trạng thái hồ sơ), with its national code."""

    SUBMITTED = 1  # mới đăng ký
    ACCEPTED = 2  # được tiếp nhận
    NOT_ACCEPTED = 3  # không được tiếp nhận
    IN_PROCESS = 4  # đang xử lý
    WAITING_SUPPLEMENT = 5  # yêu cầu bổ sung giấy tờ
    WAITING_OBLIGATION = 6  # yêu cầu thực hiện nghĩa vụ tài chính
    WITHDRAWN = 7  # công dân yêu cầu rút hồ sơ
    STOPPED = 8  # dừng xử lý
    PROCESSED = 9  # đã xử lý xong
    RETURNED = 10  # đã trả kết quả


class Verb(StrEnum):
    """What can be done to a dossier; also the kind of the journal entry that the deed leaves."""

    SUBMIT = "submit"  # nộp hồ sơ
    DIGITISE = "digitise"  # số hóa
    CHARGE = "charge"  # thông báo phí, lệ phí phải nộp
    PAY = "pay"  # nộp phí, lệ phí
    REFUND = "refund"  # hoàn trả phí, lệ phí
    ACCEPT = "accept"  # tiếp nhận
    REFUSE = "refuse"  # từ chối
    REQUEST_SUPPLEMENT = "request_supplement"  # yêu cầu bổ sung
    ANSWER_SUPPLEMENT = "answer_supplement"  # nộp bổ sung
    HAND_OVER = "hand_over"  # chuyển hồ sơ
    ASSIGN = "assign"  # phân công
    APPRAISE = "appraise"  # thẩm định
    CONSULT = "consult"  # lấy ý kiến
    GIVE_OPINION = "give_opinion"  # cho ý kiến
    SEND_BACK = "send_back"  # trả lại bước trước
    APPROVE = "approve"  # phê duyệt
    SIGN = "sign"  # ký số kết quả
    SEAL = "seal"  # đóng dấu (chữ ký số của cơ quan)
    STAMP = "stamp"  # bổ sung dấu thời gian
    ARCHIVE = "archive"  # lưu trữ dài hạn, gia hạn dấu thời gian lưu trữ
    RETURN_RESULT = "return_result"  # trả kết quả
    CERTIFY_COPY = "certify_copy"  # chứng thực bản sao điện tử
    REVOKE_RESULT = "revoke_result"  # thu hồi, hủy bỏ kết quả đã cấp
    WITHDRAW = "withdraw"  # rút hồ sơ
    REAPPOINT = "reappoint"  # xin lỗi và hẹn lại ngày trả kết quả
    EXTEND = "extend"  # gia hạn
    SUSPEND = "suspend"  # tạm dừng
    RESUME = "resume"  # tiếp tục
    STOP = "stop"  # dừng giải quyết
    RATE = "rate"  # đánh giá mức độ hài lòng
    READ = "read"  # xem: leaves a line in the reading ledger, not an entry


OPEN = frozenset(
    {State.SUBMITTED, State.ACCEPTED, State.IN_PROCESS, State.WAITING_SUPPLEMENT, State.WAITING_OBLIGATION}
)
ENDED = frozenset(State) - OPEN
RUNNING = frozenset({State.ACCEPTED, State.IN_PROCESS})
TO_DO = frozenset({State.SUBMITTED, State.ACCEPTED, State.IN_PROCESS, State.PROCESSED})  # an officer has a next move

S = State
_IN_HAND = (S.ACCEPTED, S.IN_PROCESS)
_STAY = {state: state for state in _IN_HAND}

TABLE: dict[Verb, dict[State, State]] = {
    Verb.DIGITISE: {S.SUBMITTED: S.SUBMITTED, **_STAY},
    Verb.CHARGE: {state: state for state in sorted({*OPEN, S.PROCESSED})},
    Verb.PAY: {state: state for state in State},  # money that comes is recorded, whatever has become of the dossier
    Verb.REFUND: {state: state for state in State},
    Verb.ACCEPT: {S.SUBMITTED: S.ACCEPTED},
    Verb.REFUSE: {S.SUBMITTED: S.NOT_ACCEPTED, S.IN_PROCESS: S.STOPPED},
    Verb.REQUEST_SUPPLEMENT: dict.fromkeys((S.SUBMITTED, *_IN_HAND), S.WAITING_SUPPLEMENT),
    Verb.ANSWER_SUPPLEMENT: {S.WAITING_SUPPLEMENT: S.IN_PROCESS},
    Verb.HAND_OVER: dict.fromkeys(_IN_HAND, S.IN_PROCESS),
    Verb.ASSIGN: {S.IN_PROCESS: S.IN_PROCESS},
    Verb.APPRAISE: {S.IN_PROCESS: S.IN_PROCESS},
    Verb.CONSULT: {S.IN_PROCESS: S.IN_PROCESS},
    Verb.GIVE_OPINION: {S.IN_PROCESS: S.IN_PROCESS},
    Verb.SEND_BACK: {S.IN_PROCESS: S.IN_PROCESS},
    Verb.APPROVE: {S.IN_PROCESS: S.IN_PROCESS},
    Verb.SIGN: {S.IN_PROCESS: S.IN_PROCESS},
    Verb.SEAL: {S.IN_PROCESS: S.PROCESSED},
    Verb.STAMP: {state: state for state in (S.IN_PROCESS, S.PROCESSED, S.RETURNED)},
    Verb.ARCHIVE: {state: state for state in (S.PROCESSED, S.RETURNED)},
    Verb.RETURN_RESULT: {S.PROCESSED: S.RETURNED},
    Verb.CERTIFY_COPY: {state: state for state in (S.IN_PROCESS, S.PROCESSED, S.RETURNED)},
    Verb.REVOKE_RESULT: {S.PROCESSED: S.STOPPED, S.RETURNED: S.RETURNED},
    Verb.WITHDRAW: dict.fromkeys((S.SUBMITTED, *_IN_HAND, S.WAITING_SUPPLEMENT, S.WAITING_OBLIGATION), S.WITHDRAWN),
    Verb.REAPPOINT: _STAY,
    Verb.EXTEND: _STAY,
    Verb.SUSPEND: {S.IN_PROCESS: S.WAITING_OBLIGATION},
    Verb.RESUME: {S.WAITING_OBLIGATION: S.IN_PROCESS},
    Verb.STOP: {S.WAITING_SUPPLEMENT: S.STOPPED, S.WAITING_OBLIGATION: S.STOPPED, S.IN_PROCESS: S.STOPPED},
    Verb.RATE: {state: state for state in (S.NOT_ACCEPTED, S.STOPPED, S.RETURNED)},
}


def find_next(verb: Verb, state: State, *, accepted: bool) -> State | None:
    """Return the state that `verb` leads to from `state`, or None if it is not allowed there.

    A supplement asked before acceptance leads back to SUBMITTED: only a complete dossier is accepted
    (Decree 61/2018 Art 17; Decree 309/2026 Art 17(3)).
    """
    after = TABLE.get(verb, {}).get(state)
    if after is not None and verb is Verb.ANSWER_SUPPLEMENT and not accepted:
        return State.SUBMITTED
    return after


def allowed_verbs(state: State) -> frozenset[Verb]:
    """Return every verb that the table allows in `state`, whoever asks."""
    return frozenset(verb for verb, moves in TABLE.items() if state in moves)
