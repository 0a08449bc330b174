"""What happens to whom: real procedures, made-up people, every turn a dossier can take.

Dates are of 2026. 30 April and 1 May are holidays (Thursday, Friday); 27 April stands in for the Hùng Kings' day.
"""

from collections.abc import Callable
from datetime import date, datetime

from onestop.accounts.rules import Role
from onestop.demo import answers
from onestop.demo.cast import CO_TO, CONSTRUCTION, HOME_AFFAIRS, HONG_GAI, POLICE, VAN_DON
from onestop.demo.stage import ZONE, Play, Stage
from onestop.dossiers.rules.filing import Channel, Filer, ReturnWay
from onestop.intake.rules.reasons import Reason
from onestop.intake.rules.supplement import SupplementItem
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import TimeLimit, TimeUnit

BIRTH, MARITAL, EXTRACT, HOUSEHOLD = "1.001193", "1.004873", "2.000635", "1.001612"
BUILDING, RECORD, DISABILITY, WORK_PERMIT = "1.013225", "3.000333", "1.001699", "2.000205"
HOUSE = "nhà ở riêng lẻ"

Story = Callable[[Stage], Play]


def birth_the_same_day(stage: Stage) -> Play:
    """Lan registers her daughter's birth online in the morning and has the certificate by the afternoon."""
    play = stage.file(
        BIRTH, "lan", HONG_GAI, "2026-03-10 09:20", answers=answers.birth(), papers={"BIRTH_NOTICE": "Giấy chứng sinh"}
    )
    play.accept("2026-03-10 09:45").appraise("2026-03-10 10:30").sign("2026-03-10 14:10")
    return play.seal("2026-03-10 14:25").return_result("2026-03-10 14:40")


def birth_after_three(stage: Stage) -> Play:
    """Oanh comes to the counter with paper at 15:40: accepted that day, the clock starts the next morning."""
    play = stage.file(
        BIRTH,
        "oanh",
        HONG_GAI,
        "2026-03-11 15:40",
        answers=answers.birth(parent="oanh"),
        papers={"BIRTH_NOTICE": "Giấy chứng sinh", "FORM_BIRTH": "Tờ khai đăng ký khai sinh"},
        channel=Channel.COUNTER,
        filer=Filer.BY_OFFICER,
        way=ReturnWay.COUNTER,
    )
    play.digitise("2026-03-11 15:50").accept("2026-03-11 15:55", handed_over="2026-03-12 07:05")
    play.appraise("2026-03-12 09:00").sign("2026-03-12 10:20").seal("2026-03-12 10:40")
    return play.return_result("2026-03-12 15:00")


def marital_status_with_a_supplement(stage: Stage) -> Play:
    """Bình is asked once, in full, for what is lacking; his answer starts the legal time afresh."""
    play = stage.file(MARITAL, "binh", HONG_GAI, "2026-04-06 08:15", answers=answers.marital("binh"))
    play.accept("2026-04-06 09:00")
    play.ask(
        "2026-04-07 10:00",
        SupplementItem(
            "MARITAL_STATUS_OLD",
            "Tờ khai ghi đã ly hôn năm 2021 nhưng chưa có trích lục ghi chú ly hôn hoặc bản án.",
            "Tải lên bản án, quyết định ly hôn đã có hiệu lực pháp luật.",
            "123/2015/NĐ-CP Đ22",
        ),
    )
    play.answer("2026-04-09 20:30", {"MARITAL_STATUS_OLD": "Quyết định công nhận thuận tình ly hôn"})
    play.appraise("2026-04-10 15:00").sign("2026-04-13 09:30").seal("2026-04-13 10:00")
    return play.return_result("2026-04-13 10:15")


def extract_at_once(stage: Stage) -> Play:
    """Nga is helped at the desk of Cô Tô; the copy of the extract is settled at once."""
    play = stage.file(EXTRACT, "nga", CO_TO, "2026-05-12 08:30", answers=answers.extract("nga"), filer=Filer.ASSISTED)
    play.accept("2026-05-12 08:40").appraise("2026-05-12 08:55").sign("2026-05-12 09:10")
    return play.seal("2026-05-12 09:20").return_result("2026-05-12 09:25", ReturnWay.ONLINE)


def household_business_across_the_holiday(stage: Stage) -> Play:
    """Tâm files on the eve of the holiday: three working days reach into the next week but one."""
    play = stage.file(HOUSEHOLD, "tam", HONG_GAI, "2026-04-29 14:00", answers=answers.household("tam"))
    play.accept("2026-04-29 14:30").appraise("2026-05-04 10:00").review("2026-05-04 15:00")
    return play.sign("2026-05-05 09:00").seal("2026-05-05 09:20").return_result("2026-05-05 09:40")


def household_business_refused(stage: Stage) -> Play:
    """Kiên's papers came by post; he already owns a household business: refused, with all the reasons at once."""
    play = stage.file(
        HOUSEHOLD,
        "kien",
        CO_TO,
        "2026-06-01 08:00",
        answers=answers.household("kien"),
        papers={"FORM_HKD": "Giấy đề nghị đăng ký hộ kinh doanh"},
        channel=Channel.POST,
        filer=Filer.BY_OFFICER,
        way=ReturnWay.POST,
    )
    reasons = (
        Reason("Người đăng ký đang là chủ hộ kinh doanh khác đã được cấp giấy chứng nhận.", "168/2025/NĐ-CP Đ82"),
        Reason(
            "Ngành, nghề đăng ký thuộc danh mục phải có điều kiện, chưa chứng minh đủ điều kiện.", "61/2020/QH14 Đ7"
        ),
    )
    play.digitise("2026-06-01 08:20").accept("2026-06-01 08:40")
    play.appraise("2026-06-02 09:00", "Không đủ điều kiện.", reasons).review("2026-06-02 14:00")
    return play.refuse("2026-06-03 08:30", *reasons)


def house_with_a_consultation(stage: Stage) -> Play:
    """Thảo builds a house; the department is asked beside the line; the leader sends the dossier back a step once."""
    play = stage.file(
        BUILDING,
        "thao",
        VAN_DON,
        "2026-05-18 10:00",
        answers=answers.building("thao", "Đặc khu Vân Đồn"),
        papers={"LAND_PAPERS": "Giấy chứng nhận quyền sử dụng đất", "DESIGN": "Bản vẽ thiết kế xây dựng"},
        case=HOUSE,
    )
    play.accept("2026-05-18 14:00")
    play.consult(
        "2026-05-19 08:00",
        CONSTRUCTION,
        "Công trình có nằm trong hành lang bảo vệ đường tỉnh 334 không?",
        TimeLimit(3, TimeUnit.WORKING_DAY),
    )
    play.opine("2026-05-20 16:00", CONSTRUCTION, "Không nằm trong hành lang bảo vệ đường bộ.")
    play.appraise("2026-05-21 10:00").review("2026-05-21 15:00")
    play.send_back("2026-05-22 09:00", "Chưa ghi cốt nền theo quy hoạch trong phiếu thẩm định.")
    play.review("2026-05-22 14:00").sign("2026-05-25 10:00").seal("2026-05-25 10:30")
    return play.return_result("2026-05-25 11:00")


def house_late_with_an_apology(stage: Stage) -> Play:
    """Mrs Sáu's permit is late: an apology in time, one new date, kept."""
    play = stage.file(
        BUILDING,
        "sau",
        VAN_DON,
        "2026-07-06 08:10",
        answers=answers.building("sau", "Đặc khu Vân Đồn"),
        papers={
            "FORM_GPXD": "Đơn đề nghị cấp giấy phép xây dựng",
            "LAND_PAPERS": "Giấy chứng nhận quyền sử dụng đất",
            "DESIGN": "Bản vẽ thiết kế xây dựng",
        },
        channel=Channel.COUNTER,
        filer=Filer.BY_OFFICER,
        case=HOUSE,
        way=ReturnWay.COUNTER,
    )
    play.digitise("2026-07-06 08:30").accept("2026-07-06 08:45")
    play.reappoint(
        "2026-07-13 09:00", "2026-07-20 17:00", "Phải kiểm tra lại ranh giới thửa đất tại thực địa sau mưa bão."
    )
    play.appraise("2026-07-16 10:00").review("2026-07-16 15:00").sign("2026-07-17 09:00")
    return play.seal("2026-07-17 09:30").return_result("2026-07-17 14:00")


def criminal_record(stage: Stage) -> Play:
    """Bình asks the provincial police for a criminal record certificate: ten calendar days."""
    play = stage.file(
        RECORD, "binh", POLICE, "2026-06-08 21:30", answers=answers.record("binh"), papers={"ID_COPY": "Thẻ căn cước"}
    )
    play.accept("2026-06-09 07:30").appraise("2026-06-12 10:00").review("2026-06-15 09:00")
    return play.sign("2026-06-16 08:00").seal("2026-06-16 08:30").return_result("2026-06-16 09:00")


def disability_assessment(stage: Stage) -> Play:
    """Mrs Sáu's neighbour helps her at the commune; 25 working days, well used."""
    play = stage.file(
        DISABILITY,
        "sau",
        VAN_DON,
        "2026-03-02 08:00",
        answers=answers.disability("sau"),
        papers={"FORM_DISABILITY": "Đơn đề nghị xác định mức độ khuyết tật", "MEDICAL_RECORDS": "Bệnh án"},
        channel=Channel.COUNTER,
        filer=Filer.BY_OFFICER,
        way=ReturnWay.POST,
    )
    play.digitise("2026-03-02 08:25").accept("2026-03-02 08:40").appraise("2026-03-24 15:00")
    return (
        play.review("2026-03-25 09:00")
        .sign("2026-03-26 10:00")
        .seal("2026-03-26 10:30")
        .return_result("2026-03-27 08:00")
    )


def work_permit(stage: Stage) -> Play:
    """A company asks for a work permit for its engineer, and withdraws nothing: five working days."""
    play = stage.file(
        WORK_PERMIT, "vinhhalong", HOME_AFFAIRS, "2026-08-03 10:10", answers=answers.work_permit(),
        papers=answers.WORK_PERMIT_PAPERS, filer=Filer.REPRESENTATIVE, owner="Hans Weber",
    )  # fmt: skip
    play.accept("2026-08-03 14:00").appraise("2026-08-05 10:00").review("2026-08-05 16:00")
    return play.sign("2026-08-06 09:00").seal("2026-08-06 09:30").return_result("2026-08-06 10:00")


def withdrawn(stage: Stage) -> Play:
    """Kiên finds he needs no certificate after all and withdraws."""
    play = stage.file(MARITAL, "kien", CO_TO, "2026-06-15 07:40", answers=answers.marital("kien"))
    return play.accept("2026-06-15 08:30").withdraw("2026-06-16 09:00", "Không còn nhu cầu.")


def household_business_asked_twice(stage: Stage) -> Play:
    """Oanh is asked a second time, allowed by the leader with a reason: for indicator 2.1 that alone is late."""
    play = stage.file(HOUSEHOLD, "oanh", HONG_GAI, "2026-09-07 08:00", answers=answers.household("oanh"))
    play.accept("2026-09-07 08:30")
    ask = SupplementItem(
        "HH_AUTH", "Thiếu văn bản ủy quyền của thành viên.", "Tải lên văn bản ủy quyền.", "168/2025/NĐ-CP Đ86"
    )
    play.ask("2026-09-07 15:00", ask).answer("2026-09-09 08:00", {"HH_AUTH": "Văn bản ủy quyền"})
    again = SupplementItem(
        "HH_AUTH", "Văn bản chưa có chữ ký của đủ thành viên.", "Ký đủ rồi tải lên lại.", "168/2025/NĐ-CP Đ86"
    )
    play.ask("2026-09-09 14:00", again, countersigned="Lỗi chỉ phát hiện được khi mở tệp mới nộp.")
    play.answer("2026-09-10 19:00", {"HH_AUTH": "Văn bản ủy quyền đủ chữ ký"})
    play.appraise("2026-09-11 09:00").review("2026-09-11 10:00").sign("2026-09-11 14:00")
    return play.seal("2026-09-11 14:20").return_result("2026-09-11 14:30")


def not_received(stage: Stage) -> Play:
    """A dossier that the desk cannot receive at all: not within its competence, said at once and in writing."""
    play = stage.file(
        DISABILITY,
        "nga",
        HONG_GAI,
        "2026-06-22 09:00",
        answers=answers.disability("nga"),
        papers={"FORM_DISABILITY": "Đơn đề nghị xác định mức độ khuyết tật"},
        channel=Channel.COUNTER,
        filer=Filer.BY_OFFICER,
        way=ReturnWay.COUNTER,
    )
    return play.refuse(
        "2026-06-22 09:20",
        Reason("Người đề nghị cư trú tại đặc khu Cô Tô, hồ sơ thuộc thẩm quyền nơi cư trú.", "28/2012/NĐ-CP Đ5"),
        role=Role.ONE_STOP_OFFICER,
    )


STORIES: tuple[Story, ...] = (
    disability_assessment,
    birth_the_same_day,
    birth_after_three,
    marital_status_with_a_supplement,
    household_business_across_the_holiday,
    extract_at_once,
    house_with_a_consultation,
    household_business_refused,
    criminal_record,
    withdrawn,
    not_received,
    house_late_with_an_apology,
    work_permit,
    household_business_asked_twice,
)


def waiting_stories(now: datetime) -> tuple[Story, ...]:
    """Return the dossiers that still wait at `now`, so that every desk of the demo has something to do."""
    day = _working_day_before(now)
    return (
        lambda stage: stage.file(MARITAL, "oanh", HONG_GAI, f"{day} 08:05", answers=answers.marital("oanh")),
        lambda stage: stage.file(HOUSEHOLD, "lan", HONG_GAI, f"{day} 08:20", answers=answers.household("lan")),
        lambda stage: stage.file(MARITAL, "tam", HONG_GAI, f"{day} 08:30", answers=answers.marital("tam")).accept(
            f"{day} 08:50"
        ),
        lambda stage: (
            stage.file(MARITAL, "trung", HONG_GAI, f"{day} 08:40", answers=answers.marital("trung"))
            .accept(f"{day} 09:00")
            .appraise(f"{day} 09:30")
        ),
        lambda stage: (
            stage.file(EXTRACT, "binh", HONG_GAI, f"{day} 09:00", answers=answers.extract("binh"))
            .accept(f"{day} 09:10")
            .appraise(f"{day} 09:40")
        ),
        lambda stage: (
            stage.file(EXTRACT, "oanh", HONG_GAI, f"{day} 09:05", answers=answers.extract("oanh"))
            .accept(f"{day} 09:15")
            .appraise(f"{day} 09:45")
            .sign(f"{day} 10:30")
        ),
        lambda stage: stage.file(MARITAL, "kien", CO_TO, f"{day} 07:30", answers=answers.marital("kien")),
    )


def _working_day_before(now: datetime) -> date:
    calendar = get_calendar()
    return calendar.working_day(calendar.working_days_until(now.astimezone(ZONE).date()) - 1)
