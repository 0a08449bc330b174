"""What people say of the stories: ratings, and petitions with what became of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.demo.cast import CO_TO, HONG_GAI, PROVINCE, VAN_DON
from onestop.demo.stage import Play, Stage, moment
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.feedback.operations.filing import file_petition
from onestop.feedback.operations.handling import answer_petition, assign_petition, publish_answer, verify_petition
from onestop.feedback.operations.petitioning import rate_answer
from onestop.feedback.operations.rating import rate
from onestop.feedback.queries.ratings import as_holder
from onestop.feedback.rules.petitions import Outcome, Said, Topic
from onestop.feedback.rules.ratings import Answers, Conduct

KIND, PROPER, POOR = Conduct.KIND, Conduct.PROPER, Conduct.POOR
ONLINE: tuple[tuple[str, str, Answers], ...] = (
    ("birth_the_same_day", "2026-03-10 20:15", Answers(5, 0, 0, KIND, "Nhanh hơn tôi nghĩ. Cảm ơn.")),
    ("marital_status_with_a_supplement", "2026-04-13 12:30", Answers(4, 1, 1, PROPER)),
    ("household_business_across_the_holiday", "2026-05-06 08:00", Answers(5, 0, 0, PROPER)),
    ("extract_at_once", "2026-05-12 21:00", Answers(5, 0, 1, KIND)),
    ("house_late_with_an_apology", "2026-07-18 08:00", Answers(2, 2, 2, PROPER, "Trễ hẹn, nhưng có báo trước.")),
)
BY_LINK: tuple[tuple[str, str, Answers], ...] = (
    ("birth_after_three", "2026-03-12 19:40", Answers(4, 0, 1, KIND)),
    ("household_business_refused", "2026-06-05 09:00", Answers(1, 1, 2, POOR, "Không ai hướng dẫn trước khi nộp.")),
)


def speak_up(stage: Stage, plays: Mapping[str, Play], at: datetime) -> None:
    """Let the applicants rate, and people write: of a delay, of conduct, of the website, and one not answered yet."""
    for story, when, answers in ONLINE:
        play = plays[story]
        rate(code=play.code, answers=answers, by=stage.applicant(play.who, moment(when)), at=moment(when))
    for story, when, answers in BY_LINK:
        row = get_unscoped(plays[story].code)
        rate(code=row.code, answers=answers, by=as_holder(row), at=moment(when))
    _about_a_delay(stage, plays["house_late_with_an_apology"])
    _about_conduct(stage, plays["birth_after_three"])
    _about_the_website(stage)
    said = Said(
        "Giờ tiếp dân ngày thứ Bảy", "Xin cho biết thứ Bảy có tiếp nhận hồ sơ không.", Topic.SERVICE, "0987654321"
    )
    file_petition(said=said, by=SYSTEM, at=at - timedelta(days=3), unit=stage.unit_code(HONG_GAI))


def _about_a_delay(stage: Stage, play: Play) -> None:
    """True, answered in time; the petitioner is not content."""
    filed, dossier = "2026-07-14 08:00", get_unscoped(play.code)
    said = Said(
        "Trả kết quả trễ hẹn", "Giấy phép xây dựng trễ hẹn làm lỡ việc khởi công của gia đình tôi.", Topic.DELAY
    )
    by = stage.applicant(play.who, moment(filed))
    row = file_petition(said=said, by=by, at=moment(filed), dossier=dossier)
    _assign(stage, row.code, Topic.DELAY, play.agency, "2026-07-14 15:00")
    leader = stage.officer(stage.unit_code(play.agency), Role.LEADER, moment("2026-07-20 09:00"))
    answer = "Chúng tôi xin lỗi. Hồ sơ chậm do chờ ý kiến chuyên ngành; đã rút kinh nghiệm với bộ phận liên quan."
    answer_petition(code=row.code, answer=answer, by=leader, at=moment("2026-07-20 09:00"))
    when, reason = "2026-07-21 10:00", "Đối chiếu nhật ký xử lý."
    control = _control(stage, when)
    verify_petition(code=row.code, outcome=Outcome.UPHELD, reason=reason, by=control, at=moment(when))
    rate_answer(code=row.code, satisfied=False, by=by, at=moment("2026-07-22 19:00"))


def _about_conduct(stage: Stage, play: Play) -> None:
    """Found untrue by somebody outside the unit: it no longer counts."""
    filed = "2026-03-13 09:00"
    said = Said("Cán bộ tiếp nhận to tiếng", "Chiều 12/3 cán bộ ở quầy to tiếng với người nhà tôi.", Topic.CONDUCT)
    by = stage.applicant(play.who, moment(filed))
    row = file_petition(said=said, by=by, at=moment(filed), dossier=get_unscoped(play.code))
    _assign(stage, row.code, Topic.CONDUCT, PROVINCE, "2026-03-13 14:00")
    when = "2026-03-18 10:00"
    reason = "Xem lại hình ảnh tại quầy và hỏi người có mặt: không có việc này."
    verify_petition(code=row.code, outcome=Outcome.UNTRUE, reason=reason, by=_control(stage, when), at=moment(when))
    leader = stage.officer(stage.unit_code(PROVINCE), Role.LEADER, moment("2026-03-20 09:00"))
    answer = "Đã xác minh, không có việc cán bộ to tiếng. Mời ông bà đến xem lại hình ảnh nếu muốn."
    answer_petition(code=row.code, answer=answer, by=leader, at=moment("2026-03-20 09:00"))


def _about_the_website(stage: Stage) -> None:
    """Sent without an account, answered and published."""
    said = Said(
        "Trang nộp hồ sơ khó đọc trên điện thoại cũ",
        "Chữ trên trang nộp hồ sơ bị tràn khi tôi mở bằng điện thoại cũ.",
        Topic.SERVICE,
        email="nguoidan@example.vn",
    )
    unit = stage.unit_code(CO_TO)
    row = file_petition(said=said, by=SYSTEM, at=moment("2026-05-20 10:00"), unit=unit, may_be_public=True)
    _assign(stage, row.code, Topic.SERVICE, VAN_DON, "2026-05-20 16:00")
    leader = stage.officer(stage.unit_code(VAN_DON), Role.LEADER, moment("2026-05-27 09:00"))
    answer = "Cảm ơn góp ý. Trang đã được sửa để đọc được trên màn hình hẹp từ ngày 26/5."
    answer_petition(code=row.code, answer=answer, by=leader, at=moment("2026-05-27 09:00"))
    when = "2026-05-28 09:00"
    publish_answer(code=row.code, by=_control(stage, when), at=moment(when))


def _assign(stage: Stage, code: str, topic: Topic, agency: str, when: str) -> None:
    by = _control(stage, when)
    assign_petition(code=code, topic=topic, agency=stage.unit_code(agency), by=by, at=moment(when))


def _control(stage: Stage, when: str) -> Principal:
    """Procedure control of the province."""
    return stage.officer(stage.unit_code(PROVINCE), Role.AUDITOR, moment(when))
