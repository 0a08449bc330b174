"""What people say reaches the points: conduct and contacts by ratings and complaints, indicator 8 by petitions."""

import pytest

from onestop.accounts.rules import Role
from onestop.demo.stage import Play, moment
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.feedback.operations.filing import file_petition
from onestop.feedback.operations.handling import answer_petition, assign_petition, extend_petition, verify_petition
from onestop.feedback.operations.rating import rate
from onestop.feedback.rules.petitions import Outcome, Said, Topic
from onestop.feedback.rules.ratings import Answers, Conduct
from onestop.plans.queries.agency_scoring import score_agencies
from onestop.plans.queries.feedback import list_handled
from onestop.plans.queries.scoring import score_posting
from onestop.plans.rules.agency_scoring import Handled
from tests.results.cases import returned
from tests.world import World

BEGIN, END = moment("2026-01-01 00:00"), moment("2026-12-31 23:59")
SAID = Said("Cán bộ to tiếng", "Sáng nay cán bộ tiếp dân to tiếng với tôi.", Topic.CONDUCT)


def points(world: World, play: Play, indicator: int) -> int | None:
    """The points that this dossier gives its specialist."""
    by = world.by(play, Role.SPECIALIST, "2026-12-31 12:00")
    found = score_posting(posting_id=by.posting_id or 0, begin=BEGIN, end=END, by=by)
    score = next(item for item in found.total.scores if item.indicator == indicator)
    return score.points.get(play.code)


def complain(world: World, play: Play) -> str:
    dossier = get_unscoped(play.code)
    by = world.applicant("lan", "2026-04-08 09:00")
    row = file_petition(said=SAID, by=by, at=moment("2026-04-08 09:00"), dossier=dossier)
    control = world.officer("kiemsoat", "2026-04-08 10:00")
    agency = dossier.competent_unit.code
    assign_petition(code=row.code, topic=Topic.CONDUCT, agency=agency, by=control, at=moment("2026-04-08 10:00"))
    return row.code


@pytest.mark.parametrize(
    ("answers", "conduct", "contacts", "agencies"),
    [
        (None, None, 2, 2),
        (Answers(5), 2, 2, 2),
        (Answers(2, contacts=1, agencies=1, conduct=Conduct.PROPER), 2, 1, 1),
        (Answers(1, contacts=3, agencies=2, conduct=Conduct.POOR), 0, 0, 0),
    ],
)
def test_what_the_applicant_says_counts_and_silence_leaves_a_range(
    world: World, answers: Answers | None, conduct: int | None, contacts: int, agencies: int
) -> None:
    play = returned(world)
    if answers:
        at = "2026-04-07 10:00"
        rate(code=play.code, answers=answers, by=world.applicant("lan", at), at=moment(at))
    assert [points(world, play, number) for number in (7, 3, 4)] == [conduct, contacts, agencies]


def test_a_complaint_found_untrue_is_taken_off_again(world: World) -> None:
    play = returned(world)
    code = complain(world, play)
    assert points(world, play, 7) == 0
    control, at = world.officer("kiemsoat", "2026-04-09 10:00"), moment("2026-04-09 10:00")
    verify_petition(code=code, outcome=Outcome.UNTRUE, reason="Xem camera: không có.", by=control, at=at)
    assert points(world, play, 7) == 2


def test_an_agency_is_judged_by_how_it_handles_petitions(world: World) -> None:
    play = returned(world)
    unit = get_unscoped(play.code).competent_unit.code

    def eighth() -> int | None:
        total = score_agencies(units=[unit], begin=BEGIN, end=END)[unit]
        return next(score for score in total.scores if score.indicator == 8).points.get("")

    assert eighth() is None
    code = complain(world, play)
    leader = world.officer("quang", "2026-04-10 09:00")
    answer_petition(code=code, answer="Đã xin lỗi.", by=leader, at=moment("2026-04-10 09:00"))
    assert eighth() == 2
    again = complain(world, play)
    extend_petition(code=again, days=3, reason="Xác minh thêm.", by=leader, at=moment("2026-04-10 10:00"))
    assert eighth() == 0
    own = list_handled({unit: [unit]}, begin=BEGIN, end=moment("2026-04-20 00:00"))[unit]
    assert own == Handled(2, 2, prolonged=True)
    assert list_handled({"H49.31": ["H49.31"]}, begin=BEGIN, end=END)["H49.31"] == Handled(0, 0, prolonged=False)
