"""What stands on a result paper, made from the answers of the form. Law of each layout: `documents.rules.results`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onestop.signing.rules.papers import Paper

Answers = Mapping[str, Any]
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a paper says beside the answers: who issues it, where and when, for which dossier, who signs."""

    agency: str
    agency_above: str
    place: str
    on: date
    dossier_code: str
    look_up: str
    number: str
    authority: str
    signer_post: str
    signer_name: str
    applicant_name: str
    procedure_name: str
    result_name: str
    countries: Mapping[str, str]
    simulated: str = ""


def compose_content(paper: Paper, answers: Answers, facts: PaperFacts) -> Content:
    """Return the content of a paper as its template takes it; empty answers are left out."""
    own = BUILDERS.get(paper.template, _decision)(answers, facts)
    return {name: value for name, value in {**_frame(facts), **own}.items() if value not in ("", None)}


def _frame(facts: PaperFacts) -> Content:
    signer = {"authority": facts.authority, "post": facts.signer_post, "name": facts.signer_name}
    return {
        "agency": facts.agency,
        "agency_above": facts.agency_above,
        "place": facts.place,
        "on": facts.on.isoformat(),
        "dossier_code": facts.dossier_code,
        "look_up": facts.look_up,
        "number": facts.number,
        "signer": {name: value for name, value in signer.items() if value},
        "simulated": facts.simulated,
    }


def _birth(answers: Answers, facts: PaperFacts) -> Content:
    return {
        "name": answers["child_name"],
        "born_on": answers["child_birth_date"],
        "sex": answers["child_sex"],
        "ethnicity": answers["child_ethnic"],
        "nationality": _country(answers.get("child_nationality"), facts),
        "birth_place": answers["child_birth_place"],
        "home_town": answers["child_origin"],
        "personal_id": "(do Cơ sở dữ liệu quốc gia về dân cư cấp)",
        "mother": _parent("mother", answers, facts),
        "father": _parent("father", answers, facts),
        "declarant": answers["applicant_name"],
        "declarant_identity": f"{answers.get('applicant_id_kind', '')} {answers.get('applicant_id_no', '')}".strip(),
        "registered_at": facts.agency,
        "registered_on": facts.on.isoformat(),
    }


def _parent(which: str, answers: Answers, facts: PaperFacts) -> Content | None:
    if not answers.get(f"{which}_name"):
        return None
    return {
        "name": answers[f"{which}_name"],
        "born": str(answers.get(f"{which}_birth_year") or ""),
        "ethnicity": answers.get(f"{which}_ethnic") or "",
        "nationality": _country(answers.get(f"{which}_nationality"), facts),
        "residence": answers.get(f"{which}_residence") or "",
    }


def _marital(answers: Answers, facts: PaperFacts) -> Content:
    who = "subject" if answers.get("for_whom") == "Người khác" else "applicant"
    return {
        "name": answers[f"{who}_name"],
        "born_on": answers[f"{who}_birth_date"],
        "sex": answers.get("subject_sex") or "",
        "nationality": _country(answers.get("subject_nationality"), facts),
        "identity": {
            "kind": "Số định danh cá nhân",
            "number": answers.get("subject_pin") or answers["applicant_id_no"],
        },
        "residence": answers.get("subject_residence") or answers["applicant_residence"],
        "status": answers["marital_status"],
        "purpose": answers["purpose"],
    }


def _extract(answers: Answers, facts: PaperFacts) -> Content:
    born = str(answers["subject_birth_date"])
    return {
        "event": str(answers["extract_kind"]).removeprefix("Trích lục ").removesuffix(" (bản sao)"),
        "items": _items(
            ("Họ, chữ đệm, tên", answers["subject_name"]),
            ("Ngày, tháng, năm sinh", "/".join(reversed(born.split("-")))),
            ("Giới tính", answers.get("subject_sex")),
            ("Số định danh cá nhân", answers.get("subject_pin")),
        ),
        "registered_at": answers.get("registered_at") or facts.agency,
        "registered_on": facts.on.isoformat(),
        "register_number": answers.get("register_number") or facts.number.split("/", 1)[0],
    }


def _household(answers: Answers, facts: PaperFacts) -> Content:
    return {
        "first_registered_on": facts.on.isoformat(),
        "name": answers["name"],
        "address": _joined(answers, "address_street", "address_commune", "address_province"),
        "phone": answers.get("phone") or "",
        "email": answers.get("email") or "",
        "lines": [{"name": row["name"], "code": row.get("code") or ""} for row in answers["lines"]],
        "capital": int(answers["capital"]),
        "founder": answers["founder"],
        "owner": {
            "name": answers["owner_name"],
            "born_on": answers["owner_birth_date"],
            "sex": answers.get("owner_sex") or "",
            "nationality": _country(answers.get("owner_country"), facts),
            "identity": {"kind": "Số định danh cá nhân", "number": answers["owner_pin"]},
            "permanent": _joined(answers, "owner_street", "owner_commune", "owner_province"),
        },
    }


def _building(answers: Answers, _: PaperFacts) -> Content:
    return {
        "use": "Sử dụng cho nhà ở riêng lẻ",
        "investor": answers["investor"],
        "investor_address": _joined(answers, "street", "commune", "province"),
        "work": "Nhà ở riêng lẻ",
        "designer": answers.get("designer") or "",
        "location": _joined(answers, "street", "commune", "province"),
        "plot": answers["plot"],
        "plot_area": f"{answers['area']} m²",
        "figures": _items(
            ("Cấp công trình", answers.get("grade")),
            ("Cốt nền xây dựng", _measure(answers, "ground_level", "m")),
            ("Diện tích xây dựng tầng 1", _measure(answers, "ground_area", "m²")),
            ("Tổng diện tích sàn", _measure(answers, "floor_area", "m²")),
            ("Chiều cao công trình", _measure(answers, "height", "m")),
            ("Số tầng", answers.get("storeys")),
        ),
    }


def _record(answers: Answers, facts: PaperFacts) -> Content:
    return {
        "name": str(answers["name"]).upper(),
        "sex": answers["sex"],
        "born_on": answers["birth_date"],
        "birth_place": answers["birth_place"],
        "nationality": _country(answers.get("nationality"), facts),
        "identity": {
            "kind": answers["id_kind"],
            "number": answers["id_no"],
            "issued_on": answers["id_date"],
            "issuer": answers["id_issuer"],
        },
        "permanent": answers.get("permanent") or "",
        "record": "Không có án tích",
    }


def _disability(answers: Answers, _: PaperFacts) -> Content:
    return {
        "name": answers["subject_name"],
        "born_on": answers["subject_birth_date"],
        "sex": answers.get("subject_sex") or "Không ghi",
        "identity_number": answers.get("subject_pin") or "",
        "residence": answers.get("subject_residence") or answers["applicant_residence"],
        "kind": answers["disability_kind"],
        "degree": "Theo kết luận của Hội đồng xác định mức độ khuyết tật",
    }


def _work_permit(answers: Answers, facts: PaperFacts) -> Content:
    return {
        "name": answers["worker_name"],
        "sex": answers["worker_sex"],
        "born_on": answers["worker_birth_date"],
        "nationality": _country(answers.get("worker_nationality"), facts),
        "passport": answers["worker_passport"],
        "employer": answers["employer_name"],
        "employer_address": answers.get("employer_address") or "",
        "work_place": answers["work_place"],
        "post": answers["position"],
        "job_title": answers.get("job_title") or "",
        "valid_from": answers["work_from"],
        "valid_until": answers["work_until"],
    }


def _decision(answers: Answers, facts: PaperFacts) -> Content:
    return {
        "title": facts.result_name.upper(),
        "subject": facts.procedure_name,
        "text": [f"{facts.agency} xác nhận đã giải quyết hồ sơ mã số {facts.dossier_code}."],
        "items": _items(("Người đề nghị", facts.applicant_name), ("Nội dung đề nghị", answers.get("request"))),
    }


def _country(code: object, facts: PaperFacts) -> str:
    text = str(code or "VN")
    return facts.countries.get(text, text)


def _joined(answers: Answers, *names: str) -> str:
    return ", ".join(str(answers[name]) for name in names if answers.get(name))


def _measure(answers: Answers, name: str, unit: str) -> str:
    return f"{answers[name]} {unit}" if answers.get(name) is not None else ""


def _items(*pairs: tuple[str, object]) -> list[dict[str, str]]:
    return [{"label": label, "value": str(value)} for label, value in pairs if value not in (None, "")]


BUILDERS: Mapping[str, Callable[[Answers, PaperFacts], Content]] = {
    "birth_certificate": _birth,
    "marital_status": _marital,
    "civil_status_extract": _extract,
    "household_business": _household,
    "construction_permit": _building,
    "criminal_record": _record,
    "disability_certificate": _disability,
    "work_permit": _work_permit,
}
