"""Stories in which a fee is paid: online, at the desk, and back again. Extracts cost 8,000 đồng a copy."""

from onestop.demo import answers
from onestop.demo.cast import CO_TO, HOME_AFFAIRS, HONG_GAI
from onestop.demo.stage import Play, Stage
from onestop.demo.stories import EXTRACT, MARITAL, WORK_PERMIT, Story
from onestop.dossiers.rules.filing import Channel, Filer, ReturnWay

RESOLUTION = "(mô phỏng) Nghị quyết của HĐND tỉnh về mức thu lệ phí"


def extract_wholly_online(stage: Stage) -> Play:
    """Lan asks for a copy of an extract, pays online before acceptance, and gets it signed: no paper, no counter."""
    play = stage.file(EXTRACT, "lan", HONG_GAI, "2026-10-05 08:10", answers=answers.extract("lan"))
    play.charge("2026-10-05 08:30", 8_000).pay_online("2026-10-05 08:42")
    play.accept("2026-10-05 08:50").appraise("2026-10-05 09:20").sign("2026-10-05 09:40")
    return play.seal("2026-10-05 10:00").return_result("2026-10-05 10:05", ReturnWay.ONLINE)


def extract_paid_in_cash(stage: Stage) -> Play:
    """Oanh wants two copies, helped at the desk, and pays there against a receipt."""
    play = stage.file(
        EXTRACT, "oanh", HONG_GAI, "2026-10-06 09:00", answers=answers.extract("oanh"), filer=Filer.ASSISTED,
        channel=Channel.COUNTER, way=ReturnWay.COUNTER,
    )  # fmt: skip
    play.charge("2026-10-06 09:05", 16_000, copies=2).pay_at_desk("2026-10-06 09:10", 16_000, "0001207")
    play.accept("2026-10-06 09:15").appraise("2026-10-06 09:40").sign("2026-10-06 10:10")
    return play.seal("2026-10-06 10:20").return_result("2026-10-06 10:30")


def work_permit_paid_afterwards(stage: Stage) -> Play:
    """A company's fee is stated once its dossier is accepted, and paid online while it is being handled."""
    play = stage.file(
        WORK_PERMIT, "vinhhalong", HOME_AFFAIRS, "2026-10-12 09:10", answers=answers.work_permit(),
        papers=answers.WORK_PERMIT_PAPERS, filer=Filer.REPRESENTATIVE, owner="Hans Weber",
    )  # fmt: skip
    play.accept("2026-10-12 10:00").charge("2026-10-12 10:10", 600_000).pay_online("2026-10-12 15:00")
    play.appraise("2026-10-14 10:00").review("2026-10-14 16:00").sign("2026-10-15 09:00")
    return play.seal("2026-10-15 09:30").return_result("2026-10-15 10:00")


def withdrawn_and_paid_back(stage: Stage) -> Play:
    """Kiên paid, and withdraws before anybody has worked on it: the desk pays him back."""
    play = stage.file(MARITAL, "kien", CO_TO, "2026-10-19 07:40", answers=answers.marital("kien"))
    play.charge("2026-10-19 08:00", 15_000, ground=RESOLUTION).pay_at_desk("2026-10-19 08:30", 15_000, "0000031")
    play.accept("2026-10-19 08:40").withdraw("2026-10-19 10:00", "Không còn nhu cầu.")
    return play.pay_back("2026-10-20 08:00", 15_000, "PC-0000004")


PAYING: tuple[Story, ...] = (
    extract_wholly_online,
    extract_paid_in_cash,
    work_permit_paid_afterwards,
    withdrawn_and_paid_back,
)
