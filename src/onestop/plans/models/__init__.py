"""The tables of the plan: the plan of a year with its lines, tasks with evidence, reports, signed review sheets."""

from onestop.plans.models.plans import Plan, PlanLine, PlanVersion, ReviewSheet
from onestop.plans.models.reports import GoalReport
from onestop.plans.models.scores import GeneralScore
from onestop.plans.models.tasks import Evidence, Reminder, Task

__all__ = [
    "Evidence",
    "GeneralScore",
    "GoalReport",
    "Plan",
    "PlanLine",
    "PlanVersion",
    "Reminder",
    "ReviewSheet",
    "Task",
]
