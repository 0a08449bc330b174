"""What applicants say of their dossiers in a history: few answer, most of them content; some units tap for them."""

import numpy as np

from onestop.demo.history.days import DAY
from onestop.demo.history.lives import DIRECT, NEVER, Column, Columns
from onestop.demo.history.places import HABITS
from onestop.demo.history.stage import Stage

RATED_BY = ("online", "link", "desk_device")
CONTENT = np.cumsum([0.02, 0.04, 0.08, 0.24, 0.62])
"""How ratings of 1 to 5 are spread where the result came in time."""
ANGRY = np.cumsum([0.14, 0.18, 0.2, 0.26, 0.22])
"""And where it came late."""
TAPPED = 0.6


def speak(stage: Stage, first_day: int, found: Columns) -> Columns:
    """Draw who rates, when, how well and by which way, and which dossiers people complain of; beside all else.

    Few speak, so all but the first draws are of those few alone.
    """
    draw = np.random.default_rng([stage.seed, first_day, 1])
    count = len(found["office"])
    ended = _ended(stage, found)
    late = found["finished"] > found["legal_due"]
    tapped = (found["habit"] == HABITS.index("rated_at_the_desk")) & (found["channel"] == DIRECT)
    chance = np.where(tapped, TAPPED, stage.office["answers"][found["office"]])
    speak = np.flatnonzero((draw.random(count, dtype=np.float32) < chance) & (ended != NEVER))
    complain = draw.random(count, dtype=np.float32) < np.where(late, np.float32(0.02), np.float32(0.002))
    rating, by, wait = _say(found["channel"][speak], late[speak], tapped[speak], draw)
    is_said = ended[speak] + wait <= stage.as_of
    said = speak[is_said]
    return found | {
        "rated": _put(count, NEVER, said, (ended[speak] + wait)[is_said]),
        "rating": _put(count, -1, said, rating[is_said]),
        "rated_by": _put(count, -1, said, by[is_said]),
        "rating_seconds": _put(count, -1, said, wait[is_said]),
        "complaints": (complain & (ended != NEVER)).astype(np.int64),
    }


def _say(channel: Column, late: Column, tapped: Column, draw: np.random.Generator) -> tuple[Column, Column, Column]:
    """Return for those who speak the rating, the way it came in, and how many seconds after they were asked."""
    count = len(channel)
    spot = draw.random(count)
    honest = 1 + np.minimum(np.where(late, np.searchsorted(ANGRY, spot), np.searchsorted(CONTENT, spot)), 4)
    on_device = tapped | ((channel == DIRECT) & (draw.random(count) < 0.3))
    by = np.where(on_device, 2, (draw.random(count) < 0.35).astype(np.int64))
    wait = np.where(on_device, 70 + draw.exponential(120, count), 600 + draw.exponential(1.5 * DAY, count))
    return np.where(tapped, 5, honest), by, np.where(tapped, draw.integers(3, 40, count), wait.astype(np.int64))


def _put(count: int, silent: int, where: Column, values: Column) -> Column:
    found = np.full(count, silent, dtype=np.int64)
    found[where] = values
    return found


def _ended(stage: Stage, found: Columns) -> Column:
    """Return when applicants are asked: at the return, or when it was refused or stopped; withdrawn ones are not."""
    refused_at_once = found["accepted"] == NEVER
    end = np.where(refused_at_once, found["begun"], found["finished"])
    asked = np.where((found["end"] == 0) & ~refused_at_once, found["returned"], end)
    return np.where((found["end"] != 2) & (asked <= stage.as_of), asked, NEVER)
