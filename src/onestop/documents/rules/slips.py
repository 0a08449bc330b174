"""The data of each slip of the one-stop (phiếu, giấy của Bộ phận Một cửa).

Source: Circular 01/2018/TT-VPCP, Annex, forms 01 to 05 (A5), which Decree 118/2025/NĐ-CP carries on.
Every value is plain JSON: text, ISO days and moments (`wording.day`, `wording.moment`), whole numbers, lists.
"""

from typing import NotRequired, TypedDict

from onestop.documents.rules.wording import Day, Moment, Money


class Signer(TypedDict):
    """Who signs (thẩm quyền, chức vụ, họ tên của người ký)."""

    authority: NotRequired[str]  # "KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN": several lines parted by \n
    post: str  # "PHÓ CHỦ TỊCH"
    name: str


class Paper(TypedDict):
    """What stands on every paper: who issues it, where, when, and how to look it up (thể thức văn bản)."""

    agency_above: NotRequired[str]  # cơ quan chủ quản
    agency: str
    place: str
    on: Day
    dossier_code: str
    look_up: str  # the address behind the QR code
    simulated: NotRequired[str]  # a line at each page's foot: "Giấy tờ mô phỏng, không có giá trị pháp lý"


class SlipApplicant(TypedDict):
    """For whom the dossier is (người nộp hồ sơ)."""

    name: str
    address: NotRequired[str]
    phone: NotRequired[str]
    email: NotRequired[str]


class Slip(Paper):
    """What stands on every slip."""

    number: NotRequired[str]  # "0123/TNHS"
    entry: NotRequired[str]  # the hash of the journal entry the slip is of, kept with the file's properties
    proof: NotRequired[str]  # that the entry is in the public log (bằng chứng), attached to the file
    one_stop: str  # Trung tâm Phục vụ hành chính công, Bộ phận tiếp nhận và trả kết quả
    applicant: SlipApplicant
    procedure: str


class SlipDocument(TypedDict):
    """A document handed in (thành phần hồ sơ)."""

    name: str
    quantity: NotRequired[int]
    form: NotRequired[str]  # "bản chính", "bản điện tử", "đã có trong cơ sở dữ liệu"


class ReceiptSlip(Slip):
    """Receipt and appointment (Giấy tiếp nhận hồ sơ và hẹn trả kết quả, Mẫu 01)."""

    documents: list[SlipDocument]
    sets: NotRequired[int]
    time_limit: NotRequired[str]  # "03 ngày làm việc"
    received_at: Moment
    due_at: Moment
    return_way: str
    fee: NotRequired[Money]
    fee_note: NotRequired[str]  # "đã nộp trực tuyến"
    filed_by: NotRequired[str]  # who signs on the left if it is not the applicant
    officer: str
    phone: NotRequired[str]


class SupplementItem(TypedDict):
    """One thing to be put right (nội dung cần bổ sung, hoàn thiện)."""

    name: str
    reason: NotRequired[str]
    ground: NotRequired[str]  # legal basis
    how: NotRequired[str]


class SupplementSlip(Slip):
    """Supplement request (Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, Mẫu 02)."""

    items: list[SupplementItem]
    reason: NotRequired[str]
    answer_by: NotRequired[Moment]
    officer: str
    phone: NotRequired[str]


class RefusalReason(TypedDict):
    """One reason of a refusal (lý do từ chối)."""

    text: str
    ground: NotRequired[str]


class RefusalSlip(Slip):
    """Refusal to receive (Phiếu từ chối tiếp nhận giải quyết hồ sơ, Mẫu 03)."""

    reasons: list[RefusalReason]
    advice: NotRequired[str]  # who is competent, what can be done
    filed_by: NotRequired[str]
    officer: str
    phone: NotRequired[str]


class ApologySlip(Slip):
    """Apology and new date (Phiếu xin lỗi và hẹn lại ngày trả kết quả, Mẫu 04)."""

    received_at: Moment
    due_at: Moment
    new_due_at: Moment
    reason: str
    responsible: NotRequired[str]  # the unit that is late
    phone: NotRequired[str]
    signer: Signer


class ControlStep(TypedDict):
    """One hand-over (lần giao, nhận hồ sơ)."""

    handed_by: str
    received_by: NotRequired[str]
    handed_at: Moment
    received_at: NotRequired[Moment]
    due_at: NotRequired[Moment]
    verdict: NotRequired[str]  # "Trước hạn", "Đúng hạn", "Quá hạn"
    note: NotRequired[str]


class ControlSlip(Slip):
    """Control slip (Phiếu kiểm soát quá trình giải quyết hồ sơ, Mẫu 05 of 2018)."""

    competent: str  # cơ quan giải quyết hồ sơ
    consulted: NotRequired[list[str]]  # cơ quan phối hợp
    received_at: Moment
    due_at: Moment
    steps: list[ControlStep]
