"""What of a paper its QR code repeats, so that an altered digit is seen: the most important first.

Nothing is repeated that the paper does not show, and of a personal number only its last digits (Law on Personal Data
Protection 91/2025/QH15, Art 3: no more than the purpose needs).
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from onestop.documents.rules.wording import in_dong, short_day
from onestop.signatures.rules.claims import Claim, Value

Content = Mapping[str, Any]
CHECK_PLACE = "/xac-minh/#"
"""Where a claim is checked; what stands behind `#` stays in the browser."""
LAST_DIGITS = 4
LONGEST_VALUE = 80
MOST_ITEMS = 3


class Field(IntEnum):
    """A value repeated in the code (thông tin in trên kết quả). The numbers are for ever: printed codes hold them."""

    NAME = 1  # họ, chữ đệm, tên
    BORN_ON = 2  # ngày sinh
    SEX = 3  # giới tính
    PERSONAL_NUMBER = 4  # số định danh, các chữ số cuối
    MOTHER = 5  # họ tên mẹ
    FATHER = 6  # họ tên cha
    MARITAL_STATUS = 7  # tình trạng hôn nhân
    BUSINESS = 8  # tên hộ kinh doanh
    OWNER = 9  # chủ hộ
    CAPITAL = 10  # vốn kinh doanh
    INVESTOR = 11  # chủ đầu tư
    LOCATION = 12  # địa điểm xây dựng
    PLOT = 13  # lô đất số
    RECORD = 14  # tình trạng án tích
    KIND = 15  # dạng khuyết tật
    DEGREE = 16  # mức độ khuyết tật
    EMPLOYER = 17  # doanh nghiệp, tổ chức
    PASSPORT = 18  # số hộ chiếu, các ký tự cuối
    VALID_FROM = 19  # có giá trị từ
    VALID_UNTIL = 20  # có giá trị đến
    APPLICANT = 21  # người đề nghị
    PURPOSE = 22  # mục đích sử dụng


F = Field
_PERSON = ((F.NAME, "name"), (F.BORN_ON, "born_on"))
_CHOSEN: Mapping[str, tuple[tuple[Field, str], ...]] = {
    "birth_certificate": (*_PERSON, (F.SEX, "sex"), (F.MOTHER, "mother.name"), (F.FATHER, "father.name")),
    "marital_status": (
        *_PERSON,
        (F.MARITAL_STATUS, "status"),
        (F.PERSONAL_NUMBER, "identity.number"),
        (F.PURPOSE, "purpose"),
    ),
    "household_business": (
        (F.BUSINESS, "name"),
        (F.OWNER, "owner.name"),
        (F.CAPITAL, "capital"),
        (F.PERSONAL_NUMBER, "owner.identity.number"),
        (F.BORN_ON, "owner.born_on"),
    ),
    "construction_permit": ((F.INVESTOR, "investor"), (F.PLOT, "plot"), (F.LOCATION, "location")),
    "criminal_record": (*_PERSON, (F.RECORD, "record"), (F.PERSONAL_NUMBER, "identity.number")),
    "disability_certificate": (
        *_PERSON,
        (F.DEGREE, "degree"),
        (F.KIND, "kind"),
        (F.PERSONAL_NUMBER, "identity_number"),
    ),
    "work_permit": (
        *_PERSON,
        (F.PASSPORT, "passport"),
        (F.EMPLOYER, "employer"),
        (F.VALID_FROM, "valid_from"),
        (F.VALID_UNTIL, "valid_until"),
    ),
}
_DAYS = {F.BORN_ON, F.VALID_FROM, F.VALID_UNTIL}
_ENDS = {F.PERSONAL_NUMBER, F.PASSPORT}


def compose_claim(*, template: str, title: str, content: Content, issuer: str, claim_id: bytes, at: datetime) -> Claim:
    """Return what is claimed of a paper with this content."""
    return Claim(
        issuer=issuer,
        issued_at=at,
        claim_id=claim_id,
        number=content["number"],
        title=title,
        dossier_code=content["dossier_code"],
        fields=choose_fields(template, content),
    )


def choose_fields(template: str, content: Content) -> tuple[Value, ...]:
    """Return the values of a paper that are repeated; a paper of labelled items repeats the first of them."""
    chosen = [(field, _shown(field, _find(content, path))) for field, path in _CHOSEN.get(template, ())]
    items = [(item["label"], _cut(item["value"])) for item in content.get("items", ())[:MOST_ITEMS]]
    return tuple((int(field), value) for field, value in chosen if value) + tuple(items)


def _find(content: Content, path: str) -> Any:
    found: Any = content
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _shown(field: Field, value: Any) -> str:
    """Return the value as the paper prints it; a number that names a person, only its end."""
    if value in (None, ""):
        return ""
    if field in _DAYS:
        return short_day(date.fromisoformat(value))
    if field is F.CAPITAL:
        return in_dong(value)
    return f"…{str(value)[-LAST_DIGITS:]}" if field in _ENDS else _cut(str(value))


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
