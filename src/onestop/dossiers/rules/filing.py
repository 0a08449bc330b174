"""How a dossier came in, and how each part of it was given."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from onestop.dossiers.rules.own_signatures import OwnSignature


class Channel(IntEnum):
    """Way of filing (kênh thực hiện), with its national code."""

    COUNTER = 1  # trực tiếp
    ONLINE = 2  # trực tuyến
    POST = 3  # bưu chính công ích


class Filer(StrEnum):
    """Whose hand filed it: shown beside every online rate, since staff filing for citizens inflates it."""

    SELF = "self"  # tự nộp
    ASSISTED = "assisted"  # được hỗ trợ nộp: the applicant's own factor, an officer's help
    BY_OFFICER = "by_officer"  # công chức nhập hồ sơ giấy
    REPRESENTATIVE = "representative"  # người được ủy quyền


class Given(StrEnum):
    """How a required document was given."""

    FILE = "file"  # tệp người nộp tải lên
    SCAN = "scan"  # bản giấy được số hóa tại quầy
    PAPER = "paper"  # bản giấy, chưa số hóa
    PRESENTED = "presented"  # xuất trình
    DATA = "data"  # thay bằng dữ liệu đã có
    COPY = "copy"  # bản sao điện tử được chứng thực từ bản số hóa; not handed in, made here


class ReturnWay(IntEnum):
    """Way in which the result is handed over (hình thức trả kết quả)."""

    COUNTER = 0
    POST = 1
    ONLINE = 2


@dataclass(frozen=True, slots=True)
class PartGiven:
    """One part as handed in. `sha256` is empty for paper, presented documents and data.

    `p7s_sha256` is a signature in a file of its own; `signature` what was found of the applicant's own signature, in
    that file or in the part itself. `scanned_sha256` is a scan as it was handed in, before the officer signed it.
    """

    document: str
    given: Given
    sha256: str = ""
    file_name: str = ""
    size: int = 0
    media_type: str = ""
    evidence: str = ""
    p7s_sha256: str = ""
    signature: OwnSignature | None = None
    scanned_sha256: str = ""
