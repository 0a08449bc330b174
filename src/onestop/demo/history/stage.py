"""What all days of a history have in common, as tables: made once, used for each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from onestop.demo.history.days import DAY, Clock, number_of, read_clock, seconds_of
from onestop.demo.history.places import HABITS, Office, Service, list_offices, list_services
from onestop.worktime.rules.calendar import LOCAL_ZONE

Table = npt.NDArray[Any]
CHANCES = 1 << 16
HOURS_ONLINE = (1, 0.5, 0.4, 0.3, 0.3, 0.6, 2, 5, 9, 11, 10, 7, 4, 6, 9, 10, 8, 5, 3, 4, 6, 6, 4, 2)
HOURS_AT_DESK = (0, 0, 0, 0, 0, 0, 0, 10, 15, 16, 12, 5, 0, 4, 12, 13, 8, 0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Stage:
    """The time of a history, its units and procedures, and the clock."""

    first: int
    until: int
    as_of: int
    seed: int

    @cached_property
    def clock(self) -> Clock:
        """The working calendar."""
        return read_clock()

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        """Every agency that exists in the time."""
        return list_offices(self.first, self.until, self.seed)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Procedures of departments first, then those of communes and districts."""
        return (*self._of_province, *list_services(is_province=False))

    @cached_property
    def _of_province(self) -> tuple[Service, ...]:
        return list_services(is_province=True)

    @cached_property
    def choices(self) -> Table:
        """Which procedure is asked for, one of equal chances each: first of the others, then of departments."""
        begin = len(self._of_province)
        asked = [item.weight for item in self.services]
        return np.stack([begin + chances(asked[begin:]), chances(asked[:begin])])

    @cached_property
    def office(self) -> dict[str, Table]:
        """The habits of offices, one array each."""
        names = ("is_province", "opens_on", "closes_on", "size", "slowness", "online", "scans", "answers",
                 "reports_late", "cheats_from")  # fmt: skip
        found = {name: np.array([getattr(item, name) for item in self.offices]) for name in names}
        found["habit"] = np.array([HABITS.index(item.habit) if item.habit else -1 for item in self.offices])
        return found

    @cached_property
    def service(self) -> dict[str, Table]:
        """What procedures ask for, one array each; a fee that is not known is -1."""
        found = {name: np.array([getattr(item, name) for item in self.services]) for name in ("limit", "business")}
        found["fee"] = np.array([-1 if item.fee is None else int(item.fee) for item in self.services])
        return found

    @cached_property
    def hours(self) -> Table:
        """At which hour something is filed, one of equal chances each: first at a desk, then online."""
        return np.stack([chances(HOURS_AT_DESK), chances(HOURS_ONLINE)])

    def open_offices(self, day: int) -> tuple[Table, Table]:
        """Return the numbers of the offices that exist on a day, and the share of each."""
        there = np.flatnonzero((self.office["opens_on"] <= day) & (day < self.office["closes_on"]))
        sizes = self.office["size"][there]
        return there, sizes / sizes.sum()


def chances(weights: Sequence[float]) -> Table:
    """Return a table of equal chances: one entry of it, drawn blindly, is a weighted choice."""
    running = np.cumsum(weights) / sum(weights)
    return np.searchsorted(running, (np.arange(CHANCES) + 0.5) / CHANCES)


def set_stage(*, first: datetime, as_of: datetime, seed: int) -> Stage:
    """Return the stage of a history from the day of `first` to the moment `as_of`."""
    last = as_of.astimezone(LOCAL_ZONE)
    until = number_of(last.date()) + (1 if seconds_of(as_of) % DAY else 0)
    return Stage(number_of(first.astimezone(LOCAL_ZONE).date()), until, seconds_of(as_of), seed)
