"""The small closed lists of the catalogue."""

from collections.abc import Mapping
from enum import StrEnum

Names = Mapping[str, str]
"""A name in several languages: `vi` always, `en` and `ur` where somebody has written them."""


def name_in(names: Names, language: str) -> str:
    """Return the name in `language`, else the Vietnamese one."""
    return names.get(language) or names["vi"]


class OnlineLevel(StrEnum):
    """How far a procedure can be done online (mức độ cung cấp dịch vụ công trực tuyến).

    Source: Decree 42/2022/NĐ-CP Art 11, taken over by Decree 224/2026/NĐ-CP. Unknown is a value of its own: nobody
    published a level for this procedure, and none is made up.
    """

    FULL = "full"  # toàn trình
    PARTIAL = "partial"  # một phần
    INFORMATION = "information"  # chỉ cung cấp thông tin
    UNKNOWN = "unknown"  # chưa công bố mức độ


class Level(StrEnum):
    """At which tier of government a procedure is done (cấp thực hiện)."""

    CENTRAL = "central"  # cấp bộ, trung ương
    PROVINCE = "province"  # cấp tỉnh
    DISTRICT = "district"  # cấp huyện (until 30 June 2025)
    COMMUNE = "commune"  # cấp xã
    OTHER = "other"  # cơ quan khác


class ProcedureKind(StrEnum):
    """What sort of procedure it is (loại thủ tục hành chính)."""

    STANDARD = "standard"  # do bộ, ngành quy định, áp dụng chung
    SPECIFIC = "specific"  # đặc thù của địa phương
    INTERNAL = "internal"  # thủ tục nội bộ giữa các cơ quan


class ProcedureState(StrEnum):
    """Where a procedure stands in the national catalogue (trạng thái trong Cơ sở dữ liệu quốc gia về TTHC)."""

    PUBLIC = "public"  # công khai
    AMENDED = "amended"  # đã sửa đổi, đang công khai
    ABSENT = "absent"  # không còn trong danh mục


class Applicability(StrEnum):
    """Whether the province settles it (áp dụng tại tỉnh). Inferred by us, never published: see `data/README.md`."""

    YES = "yes"  # áp dụng
    NO = "no"  # không áp dụng
    VERTICAL_AGENCY = "vertical_agency"  # cơ quan ngành dọc đóng tại địa phương
    UNKNOWN = "unknown"  # chưa rõ


class DocumentKind(StrEnum):
    """How a required document is given (hình thức của thành phần hồ sơ)."""

    FORM = "form"  # tờ khai, đơn theo mẫu giấy
    EFORM = "eform"  # mẫu điện tử tương tác
    SUBMIT = "submit"  # giấy tờ phải nộp
    PRESENT = "present"  # giấy tờ phải xuất trình


class FilingChannel(StrEnum):
    """By which way a dossier may come in (phương thức nộp hồ sơ)."""

    DIRECT = "direct"  # trực tiếp
    ONLINE = "online"  # trực tuyến
    POSTAL = "postal"  # bưu chính công ích


class FeeKind(StrEnum):
    """What sort of payment it is. Source: Law on Fees and Charges 97/2015/QH13, Art 3."""

    FEE = "fee"  # phí
    CHARGE = "charge"  # lệ phí
    FEE_OR_CHARGE = "fee_or_charge"  # the source does not tell which
    NONE = "none"  # không thu
