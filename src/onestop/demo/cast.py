"""Who plays: officers in real posts, and applicants. All people are made up; so are their numbers."""

from dataclasses import dataclass

from onestop.accounts.rules import Role

PASSWORD = "quang-ninh-2026"  # of every demo account; `onestop demo` prints it, and only demo data carries it

HONG_GAI, CO_TO, VAN_DON, BAI_CHAY, MONG_CAI = (
    "Phường Hồng Gai",
    "Đặc khu Cô Tô",
    "Đặc khu Vân Đồn",
    "Phường Bãi Cháy",
    "Phường Móng Cái 1",
)
PROVINCE = "Tỉnh Quảng Ninh"
HOME_AFFAIRS, CONSTRUCTION, JUSTICE, POLICE = "Sở Nội vụ", "Sở Xây dựng", "Sở Tư pháp", "Công an tỉnh"


@dataclass(frozen=True, slots=True)
class OfficerRole:
    """An officer of the cast: log-in, name, agency by its Vietnamese name, role, part of the agency (none: the top)."""

    username: str
    name: str
    agency: str
    role: Role
    part: str = ""


@dataclass(frozen=True, slots=True)
class ApplicantRole:
    """An applicant of the cast. A business has a tax code and somebody who acts for it."""

    username: str
    name: str
    personal_id: str = ""
    birth_date: str = ""
    sex: str = "female"
    commune: str = HONG_GAI
    address: str = ""
    phone: str = ""
    tax_code: str = ""
    acted_for_by: str = ""


R = Role
DESK, RECORDS, ECONOMY, SOCIETY = "01", "02", "03", "04"  # the parts of a commune: desk, office, and two divisions
OFFICERS = (
    OfficerRole("minh", "Nguyễn Văn Minh", HONG_GAI, R.ONE_STOP_OFFICER, DESK),
    OfficerRole("hoa", "Phạm Thị Hoa", HONG_GAI, R.SPECIALIST, RECORDS),
    OfficerRole("duc", "Lê Anh Đức", HONG_GAI, R.DIVISION_HEAD, RECORDS),
    OfficerRole("giang", "Vũ Trường Giang", HONG_GAI, R.SPECIALIST, ECONOMY),
    OfficerRole("loan", "Trần Thị Loan", HONG_GAI, R.DIVISION_HEAD, ECONOMY),
    OfficerRole("xuan", "Lương Thanh Xuân", HONG_GAI, R.SPECIALIST, SOCIETY),
    OfficerRole("phuc", "Đinh Văn Phúc", HONG_GAI, R.DIVISION_HEAD, SOCIETY),
    OfficerRole("quang", "Trần Quang Huy", HONG_GAI, R.LEADER),
    OfficerRole("thu", "Đỗ Thị Thu", HONG_GAI, R.CLERK),
    OfficerRole("hai.coto", "Vũ Đình Hải", CO_TO, R.ONE_STOP_OFFICER, DESK),
    OfficerRole("ngan.coto", "Bùi Thúy Ngân", CO_TO, R.SPECIALIST, RECORDS),
    OfficerRole("son.coto", "Hoàng Ngọc Sơn", CO_TO, R.DIVISION_HEAD, RECORDS),
    OfficerRole("dat.coto", "Ngô Tiến Đạt", CO_TO, R.SPECIALIST, ECONOMY),
    OfficerRole("hue.coto", "Lê Thị Huệ", CO_TO, R.DIVISION_HEAD, ECONOMY),
    OfficerRole("long.coto", "Phạm Thành Long", CO_TO, R.LEADER),
    OfficerRole("mai.coto", "Trịnh Thị Mai", CO_TO, R.CLERK),
    OfficerRole("tuan.vandon", "Đặng Anh Tuấn", VAN_DON, R.ONE_STOP_OFFICER, DESK),
    OfficerRole("linh.vandon", "Ngô Thùy Linh", VAN_DON, R.SPECIALIST, ECONOMY),
    OfficerRole("khoa.vandon", "Lý Đăng Khoa", VAN_DON, R.DIVISION_HEAD, ECONOMY),
    OfficerRole("diep.vandon", "Phùng Ngọc Diệp", VAN_DON, R.SPECIALIST, SOCIETY),
    OfficerRole("bac.vandon", "Tạ Văn Bắc", VAN_DON, R.DIVISION_HEAD, SOCIETY),
    OfficerRole("nam.vandon", "Hà Hải Nam", VAN_DON, R.LEADER),
    OfficerRole("yen.vandon", "Cao Hải Yến", VAN_DON, R.CLERK),
    OfficerRole("phuong.noivu", "Mai Thu Phương", HOME_AFFAIRS, R.ONE_STOP_OFFICER, DESK),
    OfficerRole("thang.noivu", "Vũ Quyết Thắng", HOME_AFFAIRS, R.SPECIALIST, RECORDS),
    OfficerRole("hien.noivu", "Nguyễn Thị Hiền", HOME_AFFAIRS, R.DIVISION_HEAD, RECORDS),
    OfficerRole("dung.noivu", "Phan Tiến Dũng", HOME_AFFAIRS, R.LEADER),
    OfficerRole("ly.noivu", "Đào Khánh Ly", HOME_AFFAIRS, R.CLERK),
    OfficerRole("trang.congan", "Lê Huyền Trang", POLICE, R.ONE_STOP_OFFICER, DESK),
    OfficerRole("viet.congan", "Đinh Quốc Việt", POLICE, R.SPECIALIST, RECORDS),
    OfficerRole("hung.congan", "Trần Mạnh Hùng", POLICE, R.DIVISION_HEAD, RECORDS),
    OfficerRole("cuong.congan", "Nguyễn Mạnh Cường", POLICE, R.LEADER),
    OfficerRole("ha.congan", "Phạm Thu Hà", POLICE, R.CLERK),
    OfficerRole("binh.xaydung", "Vũ Thái Bình", CONSTRUCTION, R.LEADER),
    OfficerRole("lanhdao", "Nguyễn Hạ Long", PROVINCE, R.LEADER),
    OfficerRole("kiemsoat", "Hoàng Minh Kiểm", PROVINCE, R.AUDITOR),
)

APPLICANTS = (
    ApplicantRole(
        "lan", "Nguyễn Thị Lan", "022195004321", "1995-04-12", phone="0912345678", address="12 Lê Thánh Tông"
    ),
    ApplicantRole(
        "binh", "Trần Văn Bình", "022088001234", "1988-09-03", "male", phone="0987654321", address="5 Trần Phú"
    ),
    ApplicantRole("thao", "Vũ Phương Thảo", "022199007777", "1999-11-20", commune=VAN_DON, phone="0936111222"),
    ApplicantRole("kien", "Đặng Trung Kiên", "022090005566", "1990-01-15", "male", commune=CO_TO, phone="0904555666"),
    ApplicantRole("nga", "Lương Thị Nga", "022168003210", "1968-06-30", commune=CO_TO, phone="0912888999"),
    ApplicantRole("tam", "Hoàng Văn Tâm", "022075009876", "1975-02-28", "male", phone="0979123123"),
    ApplicantRole("oanh", "Phạm Kiều Oanh", "022301002468", "2001-07-07", phone="0966777888"),
    ApplicantRole("sau", "Đinh Thị Sáu", "022155001357", "1955-12-01", commune=VAN_DON, phone="0388222111"),
    ApplicantRole("trung", "Bùi Quốc Trung", "022082006543", "1982-10-10", "male", phone="0913444555"),
    ApplicantRole(
        "vinhhalong",
        "Công ty TNHH Vịnh Xanh Hạ Long",
        commune=BAI_CHAY,
        phone="02033666777",
        address="28 Hạ Long",
        tax_code="5700123454",
        acted_for_by="trung",
    ),
)
