"""Why figures are not open, or a snapshot is not made or signed; and what is wrong with one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FIGURES = {
    "figures.not_permitted": _("This is not open to you."),
    "figures.wrong_role": _("Your role does not have this duty."),
    "figures.settles_too": _("Whoever settles dossiers cannot do this: duties are kept apart."),
    "figures.not_by_delegation": _("This cannot be done by delegation."),
    "snapshot.not_found": _("There is no such snapshot."),
    "snapshot.no_month": _("Choose a month."),
    "snapshot.refused": _("The snapshot is not made."),
    "snapshot.period_not_over": _("The period is not over yet."),
    "snapshot.reason_needed": _("This period has been signed for already: say why it is done again."),
    "snapshot.nothing_changed": _("Nothing has changed since the last snapshot of this period."),
    "snapshot.not_the_head": _("Only the head of the unit signs its figures."),
    "snapshot.signed_already": _("This snapshot has been signed already."),
    "snapshot.prepared_by_signer": _("Whoever prepared a snapshot does not sign it."),
    "snapshot.not_signed": _("This snapshot has not been signed."),
    "snapshot.not_reproduced": _("Counted again, other numbers come out."),
    "snapshot.content_altered": _("What is kept is not what was hashed."),
    "snapshot.entry_missing": _("The journal has no entry of this snapshot."),
    "snapshot.entry_differs": _("The journal says something else of this snapshot."),
    "snapshot.entry_altered": _("The journal entry of this snapshot was altered."),
}

FIGURE_KINDS: dict[str, dict[Any, Any]] = {
    "counted": {
        0: _("not counted"),
        1: _("counted, not passed"),
        2: _("counted and passed"),
    },
    "score_flag": {
        "unresolved": _("how it is scored is not known"),
        "unscored": _("watched only"),
        "counts_missing": _("the counts are missing"),
        "denominator_zero": _("nothing to divide by"),
        "not_applicable_full_points": _("does not apply to a commune: full points"),
        "ratio_without_counts": _("only the ratio is known"),
        "temporary_national_report_denominator": _("measures nothing yet: the denominator is the numerator"),
        "repeats_on_time": _("repeats the on-time figure"),
        "not_verified": _("not verified"),
    },
    "counter": {
        "dossiers": _("Dossiers filed"),
        "entries": _("Journal entries of dossiers"),
        "register_entries": _("Journal entries of registers"),
        "accepted": _("Dossiers accepted"),
        "finished": _("Dossiers ended"),
    },
    "place": {
        "journal": _("journal"),
        "projection": _("rows of the dossiers"),
        "facts": _("facts behind the figures"),
        "cube": _("kept cube"),
    },
}
