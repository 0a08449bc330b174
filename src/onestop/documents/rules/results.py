"""The data of each result paper (kết quả giải quyết thủ tục hành chính).

Plain JSON throughout, as in `slips`. A procedure without a layout of its own uses `Decision`: with `articles` it is a
decision (quyết định), with `items` a certificate or confirmation, with `text` a notice.
Source of the layouts: Decree 30/2020/NĐ-CP, Annex I (form of papers), and the law named with each.
"""

from typing import NotRequired, TypedDict

from onestop.documents.rules.slips import Paper, Signer
from onestop.documents.rules.wording import Day, Money


class ResultPaper(Paper):
    """What stands on every result."""

    number: str  # "12/GPXD"
    signer: Signer
    recipients: NotRequired[list[str]]  # nơi nhận
    claim: NotRequired[str]  # the address behind the QR code, with a signed claim behind "#"


class Item(TypedDict):
    """A label and what stands behind it."""

    label: str
    value: str


class Decision(ResultPaper):
    """Any other result (quyết định, giấy phép, giấy chứng nhận, giấy xác nhận, thông báo)."""

    title: str  # "QUYẾT ĐỊNH", "GIẤY XÁC NHẬN"
    subject: NotRequired[str]  # "Về việc …"
    issuer: NotRequired[str]  # "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG HỒNG GAI": who decides, in capitals
    grounds: NotRequired[list[str]]  # căn cứ
    text: NotRequired[list[str]]
    items: NotRequired[list[Item]]
    articles: NotRequired[list[str]]  # "Điều 1. …": numbered here
    closing: NotRequired[list[str]]


class Identity(TypedDict):
    """An identity paper (giấy tờ tùy thân)."""

    kind: str
    number: str
    issued_on: NotRequired[Day]
    issuer: NotRequired[str]


class Parent(TypedDict):
    """A parent on a birth certificate."""

    name: str
    born: NotRequired[str]  # a year or a day, as known
    ethnicity: NotRequired[str]
    nationality: NotRequired[str]
    residence: NotRequired[str]


class BirthCertificate(ResultPaper):
    """Birth certificate (Giấy khai sinh). Civil Status Law 2014, Art 14; Circular 04/2024/TT-BTP."""

    name: str
    born_on: Day
    sex: str
    ethnicity: str
    nationality: str
    birth_place: str
    home_town: str
    personal_id: str
    mother: NotRequired[Parent]
    father: NotRequired[Parent]
    declarant: str
    declarant_identity: NotRequired[str]
    registered_at: str  # nơi đăng ký khai sinh
    registered_on: Day
    note: NotRequired[str]


class BusinessLine(TypedDict):
    """A line of business (ngành, nghề kinh doanh)."""

    name: str
    code: NotRequired[str]


class BusinessOwner(TypedDict):
    """The owner of a household business (chủ hộ kinh doanh)."""

    name: str
    born_on: Day
    sex: NotRequired[str]
    ethnicity: NotRequired[str]
    nationality: NotRequired[str]
    identity: Identity
    permanent: str
    contact: NotRequired[str]


class BusinessMember(TypedDict):
    """A member of the household that founds the business (thành viên hộ gia đình)."""

    name: str
    nationality: NotRequired[str]
    contact: NotRequired[str]
    permanent: NotRequired[str]
    identity_number: NotRequired[str]
    note: NotRequired[str]


class HouseholdBusiness(ResultPaper):
    """Household business registration (Giấy chứng nhận đăng ký hộ kinh doanh). Decree 168/2025/NĐ-CP."""

    first_registered_on: Day
    change: NotRequired[int]  # đăng ký thay đổi lần thứ
    changed_on: NotRequired[Day]
    name: str
    address: str
    phone: NotRequired[str]
    fax: NotRequired[str]
    email: NotRequired[str]
    website: NotRequired[str]
    lines: list[BusinessLine]
    capital: Money
    founder: str  # cá nhân, thành viên hộ gia đình
    owner: BusinessOwner
    members: NotRequired[list[BusinessMember]]


class CriminalRecord(ResultPaper):
    """Criminal record certificate no. 1 (Phiếu lý lịch tư pháp số 1). Law on Criminal Records 2009, Art 42."""

    name: str
    sex: str
    born_on: Day
    birth_place: str
    nationality: str
    identity: Identity
    permanent: NotRequired[str]
    temporary: NotRequired[str]
    record: str  # "Không có án tích"
    convictions: NotRequired[list[str]]
    ban: NotRequired[str]  # only if asked for


class ConstructionPermit(ResultPaper):
    """Construction permit (Giấy phép xây dựng). Decree 175/2024/NĐ-CP, Annex II."""

    use: NotRequired[str]  # "Sử dụng cho nhà ở riêng lẻ"
    investor: str
    investor_address: str
    work: str  # tên công trình
    design: NotRequired[str]
    designer: NotRequired[str]
    location: str
    plot: NotRequired[str]
    plot_area: NotRequired[str]
    figures: list[Item]  # cốt nền, mật độ, diện tích, chiều cao, số tầng
    land_paper: NotRequired[str]
    months: NotRequired[int]  # in which the work must begin; 12 if not said


class MaritalStatus(ResultPaper):
    """Certificate of marital status (Giấy xác nhận tình trạng hôn nhân). Decree 123/2015/NĐ-CP, Art 23: 6 months."""

    name: str
    born_on: Day
    sex: NotRequired[str]
    ethnicity: NotRequired[str]
    nationality: NotRequired[str]
    identity: Identity
    residence: str
    period: NotRequired[str]  # "từ ngày 01/01/2020 đến ngày 27/02/2026"
    status: str  # "Chưa đăng ký kết hôn với ai"
    purpose: str


class CivilStatusExtract(ResultPaper):
    """Extract from the civil status register (Trích lục hộ tịch, bản sao). Civil Status Law 2014, Art 4, 63."""

    event: str  # "khai tử", "kết hôn", "khai sinh"
    items: list[Item]
    registered_at: str
    registered_on: Day
    register_number: str
    note: NotRequired[str]


class DisabilityCertificate(ResultPaper):
    """Disability certificate (Giấy xác nhận khuyết tật). Circular 01/2019/TT-BLĐTBXH."""

    name: str
    born_on: Day
    sex: str
    identity_number: NotRequired[str]
    home_town: NotRequired[str]
    residence: str
    kind: str  # dạng khuyết tật
    degree: str  # mức độ khuyết tật
    representative: NotRequired[str]


class WorkPermit(ResultPaper):
    """Work permit (Giấy phép lao động). Decree 219/2025/NĐ-CP; in Vietnamese and English as the form is."""

    name: str
    sex: str
    born_on: Day
    nationality: str
    passport: str
    employer: str
    employer_address: NotRequired[str]
    work_place: str
    post: str  # vị trí công việc
    job_title: NotRequired[str]
    form: NotRequired[str]  # hình thức làm việc
    valid_from: Day
    valid_until: Day
