"""Ratings and petitions in words: why something cannot be done, and their small sets of codes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onestop.feedback.rules.petitions import Outcome, PetitionDeed, PetitionState, Topic
from onestop.feedback.rules.ratings import Conduct, RatedBy

FEEDBACK = {
    "rating.unusable": _("The rating cannot be kept yet."),
    "rating.not_chosen": _("Choose how satisfied you are."),
    "rating.unlikely_number": _("Choose one of the options."),
    "rating.comment_too_long": _("This is too long. Shorten it to %(most)s letters."),
    "rating.not_corrected_here": _("This dossier has been rated. Only the applicant may say it anew, by the portal."),
    "rating.stands": _("This dossier has been rated, and the days for saying it anew are over."),
    "petition.unusable": _("This cannot be sent yet."),
    "petition.unknown": _("There is no petition of this code for you."),
    "petition.changed_since": _("Something happened to this petition since the page was made. Look again."),
    "petition.wrong_state": _("This cannot be done any more, or not yet."),
    "petition.not_permitted": _("This step is not for you."),
    "petition.moment_before_last": _("The moment given lies before the last thing that was done to it."),
    "petition.nobody_takes_it": _("Nobody takes petitions here yet."),
    "petition.no_subject": _("Say in one line what it is about."),
    "petition.too_short": _("Say a little more: what happened, where and when."),
    "petition.too_long": _("This is too long. Shorten it to %(most)s letters."),
    "petition.nowhere_to_answer": _("Leave a phone number or an e-mail address, so that we can answer."),
    "petition.no_words": _("Write what you have to say."),
    "petition.unknown_post": _("There is no such post."),
    "petition.unknown_earlier": _("There is no earlier petition of this code."),
    "petition.refused_too_late": _("Two working days are over: it has to be answered now."),
    "petition.asked_too_late": _("Five working days are over: it has to be answered with what is known."),
    "petition.extended_already": _("It was extended once already."),
    "petition.extension_too_long": _("Extend it by 1 to 15 working days."),
    "petition.late_already": _("It is late already: it cannot be extended any more."),
    "petition.not_to_be_public": _("The petitioner did not agree to have it published."),
    "petition.published": _("The answer is public already."),
    "petition.verified_by_who_answered": _("Whoever answered it cannot find out whether it is true."),
    "petition.verified_within_the_unit": _("Somebody outside the unit complained of has to find out."),
    "petition.answer_rated": _("You have said already whether the answer will do."),
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
    "petition_topic": {
        Topic.RULES: _("A rule or a procedure"),
        Topic.CONDUCT: _("How an officer behaved"),
        Topic.DELAY: _("A delay"),
        Topic.SERVICE: _("The desk, the website, something else"),
    },
    "petition_state": {
        PetitionState.FILED: _("Received"),
        PetitionState.ASSIGNED: _("Being looked into"),
        PetitionState.ASKED: _("Waiting for the petitioner"),
        PetitionState.ANSWERED: _("Answered"),
        PetitionState.REFUSED: _("Not taken"),
    },
    "petition_outcome": {
        Outcome.UPHELD: _("True"),
        Outcome.UNTRUE: _("Not true"),
    },
    "petition_deed": {
        PetitionDeed.FILE: _("Send the petition"),
        PetitionDeed.ASSIGN: _("Classify and assign"),
        PetitionDeed.REFUSE: _("Do not take it"),
        PetitionDeed.ASK: _("Ask the petitioner"),
        PetitionDeed.CLARIFY: _("Make it clear"),
        PetitionDeed.EXTEND: _("Extend the term"),
        PetitionDeed.VERIFY: _("Say whether it is true"),
        PetitionDeed.ANSWER: _("Send the answer"),
        PetitionDeed.PUBLISH: _("Publish the answer"),
        PetitionDeed.RATE: _("Rate the answer"),
    },
    "petition_entry": {
        PetitionDeed.FILE: _("Petition sent"),
        PetitionDeed.ASSIGN: _("Classified and assigned"),
        PetitionDeed.REFUSE: _("Not taken, with the reason"),
        PetitionDeed.ASK: _("Petitioner asked"),
        PetitionDeed.CLARIFY: _("Made clear by the petitioner"),
        PetitionDeed.EXTEND: _("Term extended"),
        PetitionDeed.VERIFY: _("Found out whether it is true"),
        PetitionDeed.ANSWER: _("Answered"),
        PetitionDeed.PUBLISH: _("Answer published"),
        PetitionDeed.RATE: _("Answer rated by the petitioner"),
    },
    "conduct": {
        Conduct.KIND: _("Kind and helpful"),
        Conduct.PROPER: _("Proper"),
        Conduct.POOR: _("Not proper"),
    },
}
