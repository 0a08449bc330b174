"""What happens to the dossiers of some days, all at once: arrays of moments in seconds of local time.

`NEVER` is a moment that does not come. Everything is drawn whole and then cut at the moment the history ends: what
would happen later has not happened.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from onestop.demo.history.days import CLOSES, DAY, OPENS, Seconds
from onestop.demo.history.places import HABITS
from onestop.demo.history.stage import CHANCES, Stage

NEVER = np.iinfo(np.int64).max
Column = npt.NDArray[Any]
Columns = dict[str, Column]
Days = list[tuple[int, int]]
"""Days as numbers, each with how many dossiers are filed."""
DIRECT, ONLINE, POST, UNCLEAR = 1, 2, 3, 0
FILERS = ("self", "representative", "assisted", "by_officer")
KINDS = ("citizen", "business")
ENDS = ("processed", "refused", "withdrawn", "stopped")
MORE_ONLINE_A_YEAR = 0.55
SET_BY_THE_PROVINCE = np.array([0, 8_000, 15_000, 50_000, 100_000, 150_000])  # where the catalogue has no amount
PLACE = 32
"""Bits for the place of a dossier beside its moment."""


def live(stage: Stage, days: Days) -> Columns:
    """Return the columns of the dossiers filed on some days that follow one another, in the order of filing."""
    draw = np.random.default_rng([stage.seed, days[0][0]])
    found = _file(stage, days, draw)
    _accept(stage, found, draw)
    _settle(stage, found, draw)
    _bring_papers(stage, found, draw)
    _pay(stage, found, draw)
    return found


def _file(stage: Stage, days: Days, draw: np.random.Generator) -> Columns:
    """Draw who is asked for what, through which channel, at which hour."""
    office = np.concatenate([_share_out(stage, day, filed, draw) for day, filed in days])
    count = len(office)
    day = np.repeat([day for day, _ in days], [filed for _, filed in days])
    is_working = np.repeat([stage.clock.is_working(day) for day, _ in days], [filed for _, filed in days])
    is_province = stage.office["is_province"][office].astype(np.intp)
    service = stage.choices[is_province, draw.integers(0, CHANCES, count)]
    leaning = stage.office["online"][office] + MORE_ONLINE_A_YEAR * (day - stage.first) / 365 - 0.4
    is_online = (draw.random(count) < 1 / (1 + np.exp(-leaning))) | ~is_working
    rest = draw.random(count)
    channel = np.where(is_online, ONLINE, np.where(rest < 0.04, POST, np.where(rest < 0.045, UNCLEAR, DIRECT)))
    hour = stage.hours[is_online.astype(np.intp), draw.integers(0, CHANCES, count)]
    submitted, order = _in_order(day * DAY + hour * 3600 + draw.integers(0, 3600, count))
    found = {"office": office[order], "service": service[order], "channel": channel[order], "submitted": submitted}
    is_cheating = day[order] >= stage.office["cheats_from"][found["office"]]
    found["habit"] = np.where(is_cheating, stage.office["habit"][found["office"]], -1)
    found["filer"] = _filers(found, draw)
    found["kind"] = (draw.random(count) < stage.service["business"][found["service"]]).astype(np.int32)
    return found


def _share_out(stage: Stage, day: int, filed: int, draw: np.random.Generator) -> Column:
    """Return the office of each dossier filed on a day, office by office."""
    there, shares = stage.open_offices(day)
    return np.repeat(there, draw.multinomial(filed, shares))


def _in_order(moments: Seconds) -> tuple[Seconds, Column]:
    """Return moments in order, and where each was before: both as one number, which sorts fastest."""
    first = int(moments.min())
    found = np.sort((moments - first) << PLACE | np.arange(len(moments)))
    return (found >> PLACE) + first, found & ((1 << PLACE) - 1)


def _filers(found: Columns, draw: np.random.Generator) -> Column:
    """Return who pressed the button: mostly the applicant; where a unit cheats, mostly the officer."""
    spot = draw.random(len(found["office"]))
    usual = np.searchsorted([0.78, 0.88, 0.97, 1.0], spot)
    cheated = (found["habit"] == HABITS.index("filed_for_applicants")) & (found["channel"] == ONLINE)
    return np.where(cheated, np.searchsorted([0.12, 0.15, 0.35, 1.0], spot), usual)


def _accept(stage: Stage, found: Columns, draw: np.random.Generator) -> None:
    """Draw when dossiers are accepted, and until when the law gives time."""
    count = len(found["office"])
    wait = np.where(found["channel"] == ONLINE, draw.exponential(2 * 3600, count), draw.exponential(700, count))
    accepted = stage.clock.opened(found["submitted"] + 60 + wait.astype(np.int64), draw.integers(0, 5400, count))
    found["limit"] = stage.service["limit"][found["service"]]
    found["accepted"] = np.where(draw.random(count) < 0.022, NEVER, accepted)
    found["due"] = _due(stage, accepted, found["limit"])
    found["begun"] = accepted


def _due(stage: Stage, start: Seconds, limit: Column) -> Seconds:
    """Return the close of the last working day; what starts after 15:00 begins on the next."""
    return stage.clock.working_day_after(start, limit + (start % DAY > 15 * 3600)) * DAY + CLOSES


def _settle(stage: Stage, found: Columns, draw: np.random.Generator) -> None:
    """Draw supplements, the end, and what lies between; where a unit cheats, as it does."""
    count = len(found["office"])
    begun, limit = found["begun"], found["limit"]
    pace = np.exp(np.log(0.62) + stage.office["slowness"][found["office"]] + 0.5 * draw.standard_normal(count))
    rounds = np.searchsorted([0.93, 0.99, 1.0], draw.random(count))
    paused_habit = found["habit"] == HABITS.index("paused_at_due")
    paused_at_due = paused_habit & (draw.random(count) < 0.3) & (limit > 0)
    rounds = np.where(paused_at_due, np.maximum(rounds, 1), rounds)
    asked = begun + (draw.random(count) * np.maximum(limit, 0.3) * 0.6 * DAY).astype(np.int64)
    asked = np.where(paused_at_due, found["due"] - draw.integers(600, 7 * 3600, count), asked)
    away = (draw.exponential(5 * DAY, count) + 3600).astype(np.int64)
    answered = stage.clock.opened(
        asked + np.where(draw.random(count) < 0.06, 400 * DAY, np.minimum(away, 90 * DAY)),
        draw.integers(0, 5400, count),
    )
    has_round = rounds > 0
    found["asked"], found["answered"] = np.where(has_round, asked, NEVER), np.where(has_round, answered, NEVER)
    found["rounds"] = np.where(has_round & (asked <= stage.as_of), rounds, 0)
    start = np.where(has_round, answered, begun)
    found["legal_due"] = np.where(has_round & (answered <= stage.as_of), _due(stage, start, limit), found["due"])
    found["indicator_due"] = np.where(
        has_round & (answered <= stage.as_of), found["due"] + np.maximum(answered - asked, 0), found["due"]
    )
    finished = _finish(stage, found, start, pace, draw)
    found["end"] = np.where(
        found["accepted"] == NEVER, 1, np.searchsorted([0.955, 0.975, 0.993, 1.0], draw.random(count))
    )
    found["finished"] = finished
    found["re"] = ((found["habit"] == HABITS.index("reappointed")) & (finished > found["legal_due"])
                   & (found["legal_due"] <= stage.as_of)).astype(np.int64)  # fmt: skip
    found["appointed"] = np.where(found["re"] > 0, found["legal_due"] + 10 * DAY, found["legal_due"])
    found["returned"] = stage.clock.opened(
        finished + draw.exponential(16 * 3600, count).astype(np.int64), draw.integers(0, 7200, count)
    )


def _finish(stage: Stage, found: Columns, start: Seconds, pace: Column, draw: np.random.Generator) -> Seconds:
    """Return when dossiers end: within office hours of a working day, or at once."""
    count = len(start)
    days = np.floor(pace * found["limit"]).astype(np.int64)
    hour = OPENS + 1800 + draw.integers(0, CLOSES - OPENS - 2400, count)
    later = stage.clock.working_day_after(start, np.minimum(days, 400)) * DAY + hour
    soon = stage.clock.opened(
        start + 660 + draw.exponential(5400, count).astype(np.int64), draw.integers(900, 9000, count)
    )
    finished = np.where((days == 0) | (later <= start), soon, later)
    at_once = (found["habit"] == HABITS.index("at_once")) & (draw.random(count) < 0.6)
    in_bulk = (found["habit"] == HABITS.index("in_bulk")) & (finished % DAY > OPENS)
    finished = np.where(at_once, start + draw.integers(30, 540, count), finished)
    return np.where(in_bulk, np.maximum(finished // DAY * DAY + CLOSES - 300, start + 60), finished)


def _bring_papers(stage: Stage, found: Columns, draw: np.random.Generator) -> None:
    """Draw what came on paper, what was scanned, what was held already, and what reached the journal late."""
    count = len(found["office"])
    spot = draw.random(count)
    papers = np.where(found["channel"] == ONLINE, spot < 0.06, 1 + (spot * 4).astype(np.int64)).astype(np.int64)
    scanned = draw.random(count) < stage.office["scans"][found["office"]]
    empty = found["habit"] == HABITS.index("scanned_without_files")
    found["papers"] = papers
    found["scanned"] = np.where(scanned | empty, papers, papers // 2)
    found["has_file"] = (found["channel"] == ONLINE) | ((found["scanned"] > 0) & ~(empty & (draw.random(count) < 0.8)))
    found["electronic"] = draw.random(count) < 0.6 + 0.4 * stage.office["scans"][found["office"]]
    found["reused"] = draw.random(count) < 0.35
    near = stage.as_of - found["submitted"] < 20 * DAY
    late = stage.office["reports_late"][found["office"]] & near & (draw.random(count) < 0.4)
    found["late"] = late * draw.integers(1, 4, count)
    found["future"] = (draw.random(count) < 0.0003).astype(np.int64)


def _pay(stage: Stage, found: Columns, draw: np.random.Generator) -> None:
    """Draw what was stated to be paid, and when and how it was paid: mostly on acceptance; unknown is -1."""
    count = len(found["office"])
    stated = stage.service["fee"][found["service"]]
    guessed = SET_BY_THE_PROVINCE[draw.integers(0, len(SET_BY_THE_PROVINCE), count)]
    due = np.where(stated < 0, np.where(draw.random(count) < 0.7, guessed, -1), stated)
    is_stated = (found["accepted"] <= stage.as_of) & (due >= 0) & (stated != 0)
    found["fee_due"] = np.where(is_stated, due, -1)
    before = found["accepted"] - draw.integers(0, 60, count)
    later = found["finished"] - 60
    paid = np.where(draw.random(count) < 0.8, np.maximum(before, found["submitted"]), later)
    pays = is_stated & (due > 0) & (draw.random(count) < 0.95) & (paid <= stage.as_of)
    found["paid"] = np.where(pays, paid, NEVER)
    by_platform = draw.random(count) < np.where(found["channel"] == ONLINE, 0.7, 0.06)
    found["paid_online"] = pays & by_platform
