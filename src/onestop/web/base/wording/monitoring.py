"""The national monitor in words: what it refuses, and the deeds of its registers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MONITORING = {
    "aggregate.too_large": _("This is larger than any report of figures. It was not kept."),
    "aggregate.day_not_over": _("The day %(day)s is not over yet; its figures are composed afterwards."),
    "aggregate.day_before_last": _("Figures up to %(last)s have been composed already."),
    "aggregate.not_counted": _("Nothing of %(member)s counts for %(day)s."),
    "facts.other_span": _("The export is of another span: %(period_from)s to %(as_of)s is needed."),
    "facts.no_report": _("There is no such report."),
    "facts.not_asked": _("The facts behind this report cannot be asked for."),
    "facts.not_yours": _("Only the auditor and the head of the centre ask for facts."),
    "facts.does_not_count": _("The report does not count: there is nothing to compare."),
    "facts.asked_already": _("They have been asked for already and have not come yet."),
    "facts.no_reason": _("Say why you ask."),
    "centre.down": _("The centre does not answer. Nothing is lost: it will be sent again."),
    "monitor.not_empty": _("There are reports already: a nation is made up only where there is none."),
}

MONITOR_KINDS: dict[str, dict[Any, Any]] = {
    "monitor_entry": {
        "receive_aggregate": _("Report of figures received"),
        "compose_aggregate": _("Report of figures composed"),
        "ask_for_facts": _("Facts behind a report asked for"),
        "compare_facts": _("Report of figures compared with its facts"),
        "name_holder": _("Signature of a reporting unit named"),
        "simulate_nation": _("Nation made up for trying out"),
    },
}
