"""Small sets of codes of the action plan in words; `kinds.py` takes them in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

PLAN_KINDS: dict[str, dict[Any, Any]] = {
    "entry": {
        "plan_open": _("Plan opened"),
        "plan_set_line": _("Target set"),
        "plan_drop_line": _("Target dropped"),
        "plan_import": _("Targets imported"),
        "plan_cascade": _("Target handed down"),
        "plan_sign": _("Plan signed"),
        "plan_amend": _("Amendment begun"),
        "plan_task_set": _("Task given"),
        "plan_task_hand_in": _("Task reported done"),
        "plan_task_accept": _("Task accepted"),
        "plan_task_send_back": _("Task sent back"),
        "plan_review_sign": _("Quarterly review signed"),
        "plan_report": _("Figure reported by hand"),
        "plan_report_accept": _("Report accepted"),
        "plan_report_send_back": _("Report sent back"),
    },
    "standing": {
        "reached": _("on plan"),
        "at_risk": _("at risk"),
        "slow": _("behind plan"),
        "no_data": _("no data yet"),
    },
    "target_kind": {
        "share": _("Share, per cent"),
        "count": _("Count"),
        "duration": _("Time"),
        "money": _("Money"),
        "done": _("Done or not"),
    },
    "plan_state": {
        "draft": _("Draft"),
        "signed": _("Signed, in force"),
        "amended": _("Replaced by an amendment"),
    },
    "origin": {
        "by_hand": _("set by hand"),
        "imported": _("imported"),
        "inherited": _("the province's target"),
        "scaled": _("by last year's figures"),
        "divided": _("divided from the province's"),
    },
    "task_state": {
        "open": _("In progress"),
        "late": _("Late"),
        "done": _("Waits for acceptance"),
        "accepted": _("Accepted"),
    },
    "nearness": {
        "soon": _("due soon"),
        "today": _("due today"),
        "late": _("late"),
        "waits": _("waits for you to accept it"),
    },
    "grade": {
        "full": _("100 % of the task"),
        "partly": _("70 % to under 100 % of the task"),
        "low": _("under 70 % of the task"),
        "excellent": _("excellent"),
        "good": _("good"),
        "fair": _("fair"),
        "average": _("average"),
        "weak": _("weak"),
    },
    "scored": {
        1: _("Whole time against the legal time"),
        2: _("Own time against the time given"),
        3: _("Times the applicant had to come back"),
        4: _("Agencies the applicant had to see"),
        5: _("Organisation of the one-stop"),
        6: _("Publicity of procedures"),
        7: _("Conduct"),
        8: _("Handling of feedback"),
        9: _("Online services"),
    },
}
