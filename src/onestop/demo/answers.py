"""What the cast types into the forms. Keys are those of the real e-forms."""

from typing import Any

from onestop.demo.cast import APPLICANTS, ApplicantRole

WHO = {person.username: person for person in APPLICANTS}
ISSUER = "Cục Cảnh sát quản lý hành chính về trật tự xã hội"
Answers = dict[str, Any]
WORK_PERMIT_PAPERS = {
    "HEALTH_CERT": "Giấy khám sức khỏe",
    "LLTP": "Phiếu lý lịch tư pháp",
    "EXPERT_PROOF": "Bằng cấp chuyên gia",
    "PHOTO": "Ảnh màu 4 × 6",
    "FOREIGN_LABOUR_NEED": "Chấp thuận nhu cầu sử dụng người lao động nước ngoài",
    "PASSPORT_COPY": "Hộ chiếu",
}
"""The papers that go with an application for a work permit, by code of required document."""


def birth(parent: str = "lan") -> Answers:
    """Answers of the birth declaration F-BIRTH-2024, made by the mother."""
    mother = WHO[parent]
    child = {"lan": "Nguyễn Gia Bảo An", "oanh": "Phạm Minh Khôi"}[parent]
    return {
        "addressee": "Ủy ban nhân dân phường Hồng Gai",
        "applicant_name": mother.name,
        "applicant_birth_date": mother.birth_date,
        "applicant_id_kind": "Thẻ căn cước",
        "applicant_id_no": mother.personal_id,
        "applicant_residence": _home(mother),
        "relationship": "Mẹ",
        "child_name": child,
        "child_birth_date": "2026-02-27",
        "child_birth_date_words": "Ngày hai mươi bảy tháng hai năm hai nghìn không trăm hai mươi sáu",
        "child_sex": "Nữ" if parent == "lan" else "Nam",
        "child_ethnic": "Kinh",
        "child_nationality": "VN",
        "child_birth_place": "Bệnh viện Sản Nhi Quảng Ninh, phường Hồng Gai, tỉnh Quảng Ninh",
        "child_origin": "Phường Hồng Gai, tỉnh Quảng Ninh",
        "mother_name": mother.name,
        "mother_birth_year": mother.birth_date[:4],
        "mother_ethnic": "Kinh",
        "mother_nationality": "VN",
        "mother_residence": _home(mother),
        "mother_pin": mother.personal_id,
        "copies_wanted": "Không",
    }


def marital(who: str) -> Answers:
    """Answers of the declaration for a certificate of marital status."""
    return {
        **_person(who),
        "for_whom": "Bản thân",
        "marital_status": "Chưa đăng ký kết hôn với ai",
        "purpose": "Làm thủ tục đăng ký kết hôn",
    }


def extract(who: str) -> Answers:
    """Answers of the declaration for a copy of a civil-status extract."""
    return {
        **_person(who),
        "extract_kind": "Trích lục khai sinh (bản sao)",
        "subject_name": WHO[who].name,
        "subject_birth_date": WHO[who].birth_date,
        "copies": 2,
        "purpose": "Bổ sung hồ sơ bảo hiểm xã hội",
    }


def household(who: str) -> Answers:
    """Answers of the registration of a household business F-HKD."""
    owner = WHO[who]
    return {
        "kind": "Thành lập mới",
        "name": f"Hộ kinh doanh {owner.name}",
        "address_province": "Quảng Ninh",
        "address_commune": owner.commune,
        "address_street": owner.address or "Khu 3",
        "phone": owner.phone,
        "lines": [{"name": "Bán lẻ thủy sản tươi", "code": "4722", "main": "Có"}],
        "capital": 150_000_000,
        "founder": "Cá nhân",
        "owner_kind": "Cá nhân",
        "owner_name": owner.name,
        "owner_sex": "Nữ" if owner.sex == "female" else "Nam",
        "owner_birth_date": owner.birth_date,
        "owner_pin": owner.personal_id,
        "owner_country": "VN",
        "owner_province": "Quảng Ninh",
        "owner_commune": owner.commune,
        "owner_street": owner.address or "Khu 3",
    }


def building(who: str, commune: str) -> Answers:
    """Answers of the application for a construction permit F-GPXD-2024: a detached house."""
    owner = WHO[who]
    return {
        "investor": owner.name,
        "pin": owner.personal_id,
        "phone": owner.phone,
        "plot": "Thửa số 118, tờ bản đồ 24",
        "area": 120,
        "street": "Khu 5",
        "commune": commune,
        "province": "Quảng Ninh",
        "designer": "Công ty cổ phần Tư vấn thiết kế Hạ Long",
        "grade": "Cấp IV",
        "ground_level": 3,
        "ground_area": 80,
        "floor_area": 230,
        "height": 11,
        "storeys": 3,
        "months": 9,
    }


def record(who: str) -> Answers:
    """Answers of the declaration for a criminal record certificate F-LLTP-2013."""
    person = WHO[who]
    return {
        "agency": "Công an tỉnh Quảng Ninh",
        "name": person.name,
        "sex": "Nam" if person.sex == "male" else "Nữ",
        "birth_date": person.birth_date,
        "birth_place": "Quảng Ninh",
        "nationality": "VN",
        "ethnic": "Kinh",
        "permanent": _home(person),
        "id_kind": "Thẻ căn cước",
        "id_no": person.personal_id,
        "id_date": "2023-05-20",
        "id_issuer": ISSUER,
        "family": [{"relationship": "Cha", "name": "Trần Văn Hòa", "birth_date": "1960-01-01"}],
        "history": [
            {
                "from": "2002-09",
                "to": "2026-06",
                "place": _home(person),
                "occupation": "Thợ máy",
                "workplace": "Cẩm Phả",
            }
        ],
        "kind": "Phiếu lý lịch tư pháp số 1",
        "ban": "Không",
        "purpose": "Xin việc làm",
        "count": 1,
    }


def disability(who: str) -> Answers:
    """Answers of the request for an assessment of disability."""
    return {
        **_person(who),
        "subject_name": WHO[who].name,
        "subject_birth_date": WHO[who].birth_date,
        "disability_kind": "Khuyết tật vận động",
        "request": "Xác định mức độ khuyết tật lần đầu",
    }


def work_permit() -> Answers:
    """Answers of the request for a work permit, filed by a company for its engineer."""
    company = WHO["vinhhalong"]
    return {
        "addressee": "Sở Nội vụ tỉnh Quảng Ninh",
        "employer_name": company.name,
        "employer_tax_code": company.tax_code,
        "employer_address": f"{company.address}, phường Bãi Cháy, tỉnh Quảng Ninh",
        "employer_phone": company.phone,
        "worker_name": "HANS WEBER",
        "worker_birth_date": "1984-03-18",
        "worker_sex": "Nam",
        "worker_nationality": "DE",
        "worker_passport": "C01X00T47",
        "position": "Chuyên gia",
        "job_title": "Kỹ sư xử lý nước thải",
        "work_place": "Phường Bãi Cháy, tỉnh Quảng Ninh",
        "work_from": "2026-09-01",
        "work_until": "2028-08-31",
    }


def _person(who: str) -> Answers:
    person = WHO[who]
    return {
        "addressee": f"Ủy ban nhân dân {person.commune.lower()}",
        "applicant_name": person.name,
        "applicant_birth_date": person.birth_date,
        "applicant_id_no": person.personal_id,
        "applicant_residence": _home(person),
        "applicant_phone": person.phone,
    }


def _home(person: ApplicantRole) -> str:
    return ", ".join(filter(None, [person.address or "Khu 3", person.commune, "tỉnh Quảng Ninh"]))
