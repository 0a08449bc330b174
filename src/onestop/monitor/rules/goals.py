"""What was set for members by class and year (chỉ tiêu theo loại đơn vị và năm), in percent of full-process filing.

Of localities 30 % and then 70 %, of ministries 70 % and then 85 %, for 2024 and 2025 on (national conference of 31
August 2024): see `monitor/data/goals.csv`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from onestop.monitor.rules.members import MemberClass


@dataclass(frozen=True, slots=True)
class Goal:
    """A share of 0..1 set for a class of members, an indicator and a year, with the document that set it."""

    code: str
    kind: MemberClass
    year: int
    percent: int
    source: str

    @property
    def share(self) -> float:
        """The goal as a share of 0..1."""
        return self.percent / 100


def goal_for(goals: Iterable[Goal], code: str, kind: MemberClass, year: int) -> Goal | None:
    """Return what holds in a year: the newest goal set for it or a year before; None if there is none."""
    found = [goal for goal in goals if goal.code == code and goal.kind is kind and goal.year <= year]
    return max(found, key=lambda goal: goal.year, default=None)
