"""Ratings and petitions in words: why something cannot be done, and their small sets of codes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onestop.feedback.rules.ratings import Conduct, RatedBy

FEEDBACK = {
    "rating.unusable": _("The rating cannot be kept yet."),
    "rating.not_chosen": _("Choose how satisfied you are."),
    "rating.unlikely_number": _("Choose one of the options."),
    "rating.comment_too_long": _("This is too long. Shorten it to %(most)s letters."),
    "rating.not_corrected_here": _("This dossier has been rated. Only the applicant may say it anew, by the portal."),
    "rating.stands": _("This dossier has been rated, and the days for saying it anew are over."),
    "rating.not_yet": _("A dossier is rated once its result is returned, or once it was refused or stopped."),
}
FEEDBACK_KINDS: dict[str, dict[Any, Any]] = {
    "rating": {
        5: _("Very satisfied"),
        4: _("Satisfied"),
        3: _("Neither satisfied nor dissatisfied"),
        2: _("Dissatisfied"),
        1: _("Very dissatisfied"),
    },
    "rated_by": {
        RatedBy.ONLINE: _("logged in on the portal"),
        RatedBy.LINK: _("by the link on the receipt"),
        RatedBy.DESK_DEVICE: _("on the device at the desk"),
    },
    "conduct": {
        Conduct.KIND: _("Kind and helpful"),
        Conduct.PROPER: _("Proper"),
        Conduct.POOR: _("Not proper"),
    },
}
