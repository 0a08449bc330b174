"""Which papers there are, what each needs, and where it is signed.

`TEMPLATES[name].shape` is the TypedDict of a paper's data, `SIGNATURE_BOXES[name]` the places
left free for signatures: fixed from the lower edge of the last page, or the upper edge of the first.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onestop.documents.rules import results, reviews, slips
from onestop.documents.rules.filling import fill
from onestop.errors import Invalid, NotFound
from onestop.signatures.rules import Box
from onestop.trust.rules import SignatureRole


@dataclass(frozen=True, slots=True)
class Template:
    """A paper that can be typeset (mẫu giấy tờ): its name, its Vietnamese title, and the shape of its data."""

    name: str
    title: str
    shape: type


_ALL = (
    Template("receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", slips.ReceiptSlip),
    Template("supplement_request", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", slips.SupplementSlip),
    Template("refusal", "Phiếu từ chối tiếp nhận giải quyết hồ sơ", slips.RefusalSlip),
    Template("apology", "Phiếu xin lỗi và hẹn lại ngày trả kết quả", slips.ApologySlip),
    Template("control", "Phiếu kiểm soát quá trình giải quyết hồ sơ", slips.ControlSlip),
    Template("decision", "Kết quả giải quyết thủ tục hành chính", results.Decision),
    Template("birth_certificate", "Giấy khai sinh", results.BirthCertificate),
    Template("household_business", "Giấy chứng nhận đăng ký hộ kinh doanh", results.HouseholdBusiness),
    Template("criminal_record", "Phiếu lý lịch tư pháp số 1", results.CriminalRecord),
    Template("construction_permit", "Giấy phép xây dựng", results.ConstructionPermit),
    Template("marital_status", "Giấy xác nhận tình trạng hôn nhân", results.MaritalStatus),
    Template("civil_status_extract", "Trích lục hộ tịch", results.CivilStatusExtract),
    Template("disability_certificate", "Giấy xác nhận khuyết tật", results.DisabilityCertificate),
    Template("work_permit", "Giấy phép lao động", results.WorkPermit),
    Template("quarterly_review", "Phiếu rà soát kế hoạch quý", reviews.QuarterlyReview),
)
TEMPLATES: Mapping[str, Template] = {template.name: template for template in _ALL}
SLIPS = frozenset({"receipt", "supplement_request", "refusal", "apology", "control"})
ATTACHMENT_FORMAT = "onestop-result/1"

_TOP: Box = (0, 232.0, 526.0, 385.0, 566.0)  # chữ ký số của tổ chức: top right of an A5 slip
_SLIP: Mapping[SignatureRole, Box] = {
    SignatureRole.RECEIPT: _TOP,
    SignatureRole.ORGANISATION: _TOP,
    SignatureRole.LEADER: (-1, 222.0, 60.0, 385.0, 99.0),
}
_RESULT: Mapping[SignatureRole, Box] = {
    SignatureRole.LEADER: (-1, 345.0, 94.0, 532.0, 168.0),
    SignatureRole.ORGANISATION: (-1, 238.0, 108.0, 345.0, 182.0),  # to the left of the leader's, as a stamp is put
    SignatureRole.INITIALS: (-1, 85.0, 8.0, 290.0, 40.0),  # at the foot, below everything printed
}

SIGNATURE_BOXES: Mapping[str, Mapping[SignatureRole, Box]] = {
    **{name: _SLIP if name in SLIPS else _RESULT for name in TEMPLATES},
    "control": {SignatureRole.RECEIPT: _TOP, SignatureRole.ORGANISATION: _TOP},
}
"""For each template and role: page (from 0; -1 is the last), then x0, y0, x1, y1 in points from the lower left."""


def get_template(name: str) -> Template:
    """Return a template; raises `NotFound` (`paper.no_template`)."""
    if name not in TEMPLATES:
        raise NotFound("paper.no_template", template=name)
    return TEMPLATES[name]


def compose(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data as the template takes them, days and money in words.

    Raises `NotFound` (`paper.no_template`) and `Invalid` (`paper.incomplete`) with every field that is missing
    (`paper.missing`), cannot be read (`paper.malformed`) or is not of this paper (`paper.unknown`).
    """
    worded, faults = fill(get_template(name).shape, data)
    if faults:
        raise Invalid("paper.incomplete", faults=faults, template=name)
    return worded


def attachment(name: str, data: Mapping[str, Any]) -> str:
    """Return the data of a result as it is attached to its paper, for machines: JSON, always the same text."""
    whole = {"format": ATTACHMENT_FORMAT, "template": name, "content": data}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
