"""What people say of the stories shows in the figures."""

from onestop.demo.province import stage
from onestop.demo.stage import Play, moment
from onestop.demo.voices import BY_LINK, ONLINE, speak_up
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.feedback.models import Petition, Rating
from onestop.indicators.queries.figures import list_figures, take_survey
from onestop.journal.queries import audit

NOW = moment("2026-11-28 09:00")


def plays_of(played: dict[str, str]) -> dict[str, Play]:
    found = {}
    for story, code in played.items():
        row = get_unscoped(code)
        account = row.applicant.account
        who = account.username if account else ""
        found[story] = Play(stage(), code, row.competent_unit.names["vi"], row.settling_unit.code, who)
    return found


def test_the_figures_show_numbers_and_the_journal_holds(played: dict[str, str]) -> None:
    speak_up(stage(), plays_of(played), NOW)
    assert Rating.objects.count() == len(ONLINE) + len(BY_LINK)
    figures = {item.definition.code: item for item in list_figures(take_survey(as_of=NOW))}
    asked, answered = figures["SATISFACTION_ASKED"], figures["SATISFACTION_RESPONSE"]
    assert (asked.numerator, asked.denominator) == (5, 7)
    assert asked.interval is not None
    assert asked.interval.low < 5 / 7 < asked.interval.high
    assert answered.numerator == 7 < answered.denominator
    assert figures["SATISFACTION_DERIVED"].share != asked.share
    portal = {
        item.definition.code: item for item in list_figures(take_survey(as_of=NOW, scheme="766-portal-2026-observed"))
    }
    on_time, content = portal["PETITION_PROCESSING_ON_TIME"], portal["PETITION_HANDLING_SATISFACTION"]
    assert (on_time.numerator, on_time.denominator) == (4, 4)
    assert (content.numerator, content.denominator) == (3, 4)
    (waiting,) = Petition.objects.filter(state="filed")
    assert waiting.due_at > NOW
    assert not audit().breaks
