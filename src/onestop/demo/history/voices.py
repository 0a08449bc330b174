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
    """Draw who rates, when, how well and by which way, and which dossiers people complain of; beside all else."""
    draw = np.random.default_rng([stage.seed, first_day, 1])
    count = len(found["office"])
    ended = _ended(stage, found)
    has_ended = ended != NEVER
    at_desk = found["channel"] == DIRECT
    taps = (found["habit"] == HABITS.index("rated_at_the_desk")) & at_desk & (draw.random(count) < TAPPED)
    answers = draw.random(count) < stage.office["answers"][found["office"]]
    on_device = taps | (answers & at_desk & (draw.random(count) < 0.3))
    wait = np.where(on_device, 70 + draw.exponential(120, count), 600 + draw.exponential(1.5 * DAY, count))
    rated = ended + np.where(taps, draw.integers(3, 40, count), wait).astype(np.int64)
    speaks = has_ended & (taps | answers) & (rated <= stage.as_of)
    late = found["finished"] > found["legal_due"]
    spot = draw.random(count)
    honest = 1 + np.where(late, np.searchsorted(ANGRY, spot), np.searchsorted(CONTENT, spot))
    by = np.where(on_device, 2, (draw.random(count) < 0.35).astype(np.int64))
    said = {
        "rated": np.where(speaks, rated, NEVER),
        "rating": np.where(speaks, np.where(taps, 5, np.minimum(honest, 5)), -1),
        "rated_by": np.where(speaks, by, -1),
        "rating_seconds": np.where(speaks, rated - ended, -1),
        "complaints": (has_ended & (draw.random(count) < np.where(late, 0.02, 0.002))).astype(np.int64),
    }
    return found | said


def _ended(stage: Stage, found: Columns) -> Column:
    """Return when applicants are asked: at the return, or when it was refused or stopped; withdrawn ones are not."""
    refused_at_once = found["accepted"] == NEVER
    end = np.where(refused_at_once, found["begun"], found["finished"])
    asked = np.where((found["end"] == 0) & ~refused_at_once, found["returned"], end)
    return np.where((found["end"] != 2) & (asked <= stage.as_of), asked, NEVER)
