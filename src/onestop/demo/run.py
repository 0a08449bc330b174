"""The main job of the demo: load the province, play every story once, tell the account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from onestop.alerts.operations.judging import judge_figures
from onestop.demo.account import account_of
from onestop.demo.paying import PAYING
from onestop.demo.plan import make_plan
from onestop.demo.province import (
    appoint_cast,
    load_province,
    publish_online_levels,
    publish_online_payment,
    stage,
)
from onestop.demo.stage import Play
from onestop.demo.stories import STORIES, waiting_stories
from onestop.demo.voices import speak_up
from onestop.dossiers.queries.dossiers import get_unscoped, list_codes
from onestop.facts.rules.figures import as_document
from onestop.indicators.queries.figures import list_figures, take_survey
from onestop.monitor.operations.simulating import simulate_nation
from onestop.notices.operations import issue_all, make_messages
from onestop.plans.operations.reminding import remind, remind_of_plan

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BEGIN = datetime(2026, 1, 1, tzinfo=ZONE)
SEED = 22
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the job is: what is being done, step of steps."""

    step: int
    steps: int
    what: str


def run(*, at: datetime, say: Callable[[Progress], None], small: bool = False) -> dict[str, Any]:
    """Load and play what is not there yet; return the account of everything there is.

    `small` plays the finished stories only. A second run finds the data and plays nothing.
    """
    steps = 9 + len(STORIES) + len(PAYING)
    done = 0

    def tell(what: str) -> None:
        nonlocal done
        done += 1
        say(Progress(min(done, steps), steps, what))

    if not list_codes():
        load_province(at=at, say=tell)
        publish_online_levels(at=at)
        publish_online_payment(at=at)
        appoint_cast(at=at)
        _play(tell, at, small=small)
    return tell_account(at)


def tell_account(at: datetime) -> dict[str, Any]:
    """Return the account: every dossier of the demo, then the figures as of `at`."""
    survey = take_survey(as_of=at, period_from=BEGIN)
    return {
        "as_of": at.astimezone(ZONE).isoformat(timespec="seconds"),
        "period_from": BEGIN.isoformat(),
        "dossiers": account_of(list_codes()),
        "indicators": [as_document(figure) for figure in list_figures(survey)],
    }


@transaction.atomic
def _play(tell: Say, at: datetime, *, small: bool) -> None:
    """All or nothing: a demo that was interrupted begins again instead of showing half a province."""
    ready = stage()
    plays: dict[str, Play] = {}
    for story in (*STORIES, *PAYING):
        tell(story.__name__.replace("_", " "))
        plays[story.__name__] = play = story(ready)
        issue_all(dossier=get_unscoped(play.code))
    tell("plan of the year")
    make_plan(ready, at)
    tell("a nation made up")
    simulate_nation(until=at.astimezone(ZONE).date(), years=1 if small else 3, seed=SEED, at=at)
    if not small:
        speak_up(ready, plays, at)
        for waiting in waiting_stories(at):
            waiting(ready)
    tell("messages")
    _tell_people(max(at, datetime.now(ZONE)))  # not before the last entry was written down


def _tell_people(at: datetime) -> None:
    """Do what the worker does in the morning: remind, judge, and tell everybody what the entries say."""
    remind(at=at)
    remind_of_plan(at=at)
    judge_figures(at=at)
    make_messages(at=at)
