"""What can be wrong with a plan, a table of targets, a task, and who may see points."""

from django.utils.translation import gettext_lazy as _

PLANS = {
    "plan.unknown": _("There is no plan for %(year)s."),
    "plan.no_version": _("The plan of %(year)s has no version %(number)s."),
    "plan.changed_since": _("Somebody changed the plan after you opened this page. Look at it again."),
    "plan.moment_before_last": _("The moment given lies before the last thing that was done to this plan."),
    "plan.not_permitted": _("Your post may not do this to the plan."),
    "plan.no_draft": _("There is no draft for %(year)s. A signed plan is not changed: begin an amendment."),
    "plan.only_in_a_post": _("Only an officer acting in a post can do this. Choose your post on the account page."),
    "plan.unusable": _("What was given cannot be used."),
    "plan.year_outside": _("A plan is for a year from 2020 to 2100."),
    "plan.open_already": _("The plan of %(year)s is there already."),
    "plan.no_line": _("The plan has no such target."),
    "plan.not_a_step": _("Targets are rounded to 0.01, 0.1, 0.5 or 1."),
    "plan.not_by_unit": _(
        "Units share the procedures: this indicator has one figure for the whole province and is not handed down."
    ),
    "plan.cannot_be_signed": _("The plan cannot be signed yet."),
    "plan.empty": _("It has no target."),
    "plan.nobody_answers": _("For a target nobody answers."),
    "plan.mean_below_target": _("The mean of the units' targets lies below the province's."),
    "plan.parts_miss_the_whole": _("What the units are to reach does not come to what the province is to reach."),
    "plan.not_this_spread": _("A target of this kind is not handed down in this way."),
    "score.not_of_oneself": _("Nobody gives points to themselves, and only the head of a unit gives them."),
    "score.not_general_points": _("Points of the general criteria are from 0 to 100, at most one decimal."),
    "score.before_the_decree": _("The decree is in force since 2026."),
    "report.unknown": _("There is no such report, or it is not yours to see."),
    "report.measured": _("This figure is measured from what is on record. It is not reported by hand."),
    "report.outside_the_year": _("The day lies in the year of the plan, and not after today."),
    "report.waits_already": _("A report of this target waits already. It is accepted or sent back first."),
    "report.judged_already": _("The report was accepted or sent back already."),
    "plan.no_reason": _("Give the reason."),
    "plan.reason_long": _("The reason is longer than %(longest)s letters."),
    "plan.draft_open": _("An amendment is being drafted already."),
    "plan.no_quarter": _("A year has four quarters."),
    "plan.quarter_to_come": _("This quarter has not begun yet."),
    "plan.quarter_not_over": _("A review is signed once its quarter is over."),
    "plan.review_signed": _("The review of this quarter was signed already."),
    "plan.none_in_force": _("No version of the plan of %(year)s was signed by then."),
    "targets.bad_cells": _("%(count)s cells cannot be used. Nothing was loaded."),
    "targets.missing": _("This cell is empty, but it is needed."),
    "targets.unknown_unit": _(
        "“%(found)s” is no unit of the plan. Expected: the code or the full name of the province, a "
        "department or a commune."
    ),
    "targets.unknown_indicator": _(
        "“%(found)s” is no indicator that can have a target. Expected: a code or a name of the list."
    ),
    "targets.unknown_post": _("“%(found)s” is no post of the units of the plan. Expected: the code of a post."),
    "targets.not_a_number": _("“%(found)s” is no number. Expected: per cent from 0 to 100, such as 87,5."),
    "targets.outside": _("%(found)s is no target. Expected: per cent from 0 to 100, at most two decimals."),
    "targets.not_a_count": _("“%(found)s” is no count. Expected: a whole number, such as 1.000."),
    "targets.not_a_duration": _("“%(found)s” is no time. Expected: days, at most two decimals, such as 4,5."),
    "targets.not_an_amount": _("“%(found)s” is no amount. Expected: whole đồng, such as 1.500.000.000."),
    "targets.not_a_yes": _("“%(found)s” cannot stand here. Expected: “có”, since this target is done or not."),
    "targets.not_a_weight": _("“%(found)s” is no weight. Expected: a whole number from 1 to 100."),
    "targets.too_long": _("The text is too long. Expected: at most %(expected)s letters."),
    "targets.doubled": _(
        "The unit and the indicator (%(found)s) stand in %(expected)s already. Expected: one row each."
    ),
    "targets.formula": _("The cell holds a formula. Expected: the value itself."),
    "targets.merged": _("The cell is merged with others. Expected: one cell a row."),
    "targets.other_kind": _("“%(found)s” is a date, a truth value or an error. Expected: text or a number."),
    "targets.no_column": _("The first row lacks the columns: %(expected)s."),
    "targets.not_a_year": _("“%(found)s” is no year. Expected: four digits."),
    "targets.empty": _("The file holds no rows."),
    "sheet.refused": _("The file was not opened."),
    "sheet.not_utf8": _("The table is not written in UTF-8. Save it as XLSX or as CSV UTF-8."),
    "sheet.not_a_table": _("The file is no table. Send XLSX or CSV."),
    "sheet.outside_links": _("The file links to other files or databases. Save it with values only."),
    "sheet.too_many_rows": _("The table is too large: at most %(most)s rows of %(columns)s columns."),
    "task.unknown": _("There is no such task, or it is not yours to see."),
    "task.done_already": _("The task was reported done already."),
    "task.no_evidence": _("Add at least one file that shows it was done."),
    "task.not_done_yet": _("The task was not reported done yet."),
    "task.accepted_already": _("The task was accepted already."),
    "task.own_evidence": _(
        "Who answers for a target, or reported the task, does not accept its evidence. Somebody else has to."
    ),
    "task.no_title": _("Say what is to be done."),
    "task.nobody": _("Name the post that has to do it."),
    "task.no_due_day": _("Say until which day."),
    "task.due_in_the_past": _("The due day lies in the past."),
    "score.not_for_you": _("Only the head of the unit sees the points of its officials."),
    "score.unknown": _("There are no such points, or they are not yours to see."),
}
