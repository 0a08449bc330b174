"""What can be done to a dossier: the word on the button, and how the deed is told afterwards."""

from django.utils.translation import gettext_lazy as _

from onestop.dossiers.rules.states import Verb
from onestop.feedback.rules.petitions import PetitionDeed

VERBS = {
    Verb.SUBMIT: _("File the dossier"),
    Verb.DIGITISE: _("Digitise"),
    Verb.CHARGE: _("State the fee"),
    Verb.PAY: _("Pay the fee"),
    Verb.REFUND: _("Pay back"),
    Verb.ACCEPT: _("Accept the dossier"),
    Verb.REFUSE: _("Refuse"),
    Verb.REQUEST_SUPPLEMENT: _("Request a supplement"),
    Verb.ANSWER_SUPPLEMENT: _("File the supplement"),
    Verb.HAND_OVER: _("Hand over the dossier"),
    Verb.ASSIGN: _("Assign"),
    Verb.APPRAISE: _("Appraise"),
    Verb.CONSULT: _("Ask for an opinion"),
    Verb.GIVE_OPINION: _("Give an opinion"),
    Verb.SEND_BACK: _("Send back to the previous step"),
    Verb.APPROVE: _("Approve"),
    Verb.SIGN: _("Sign the result"),
    Verb.SEAL: _("Seal"),
    Verb.STAMP: _("Put in the time stamp"),
    Verb.ARCHIVE: _("Keep for decades"),
    Verb.RETURN_RESULT: _("Return the result"),
    Verb.CERTIFY_COPY: _("Certify an electronic copy"),
    Verb.REVOKE_RESULT: _("Revoke the result"),
    Verb.WITHDRAW: _("Withdraw the dossier"),
    Verb.REAPPOINT: _("Apologise and set a new date"),
    Verb.EXTEND: _("Extend the time limit"),
    Verb.SUSPEND: _("Suspend"),
    Verb.RESUME: _("Resume"),
    Verb.STOP: _("Stop settlement"),
    Verb.RATE: _("Rate how it went"),
    Verb.READ: _("View"),
}
DEEDS = {
    Verb.SUBMIT: _("Dossier filed"),
    Verb.DIGITISE: _("Papers digitised"),
    Verb.CHARGE: _("Fee stated"),
    Verb.PAY: _("Fee paid"),
    Verb.REFUND: _("Fee paid back"),
    Verb.ACCEPT: _("Dossier accepted"),
    Verb.REFUSE: _("Refused, with reasons"),
    Verb.REQUEST_SUPPLEMENT: _("Supplement requested"),
    Verb.ANSWER_SUPPLEMENT: _("Supplement filed"),
    Verb.HAND_OVER: _("Handed over"),
    Verb.ASSIGN: _("Assigned"),
    Verb.APPRAISE: _("Appraised"),
    Verb.CONSULT: _("Opinion asked for"),
    Verb.GIVE_OPINION: _("Opinion given"),
    Verb.SEND_BACK: _("Sent back to the previous step"),
    Verb.APPROVE: _("Approved"),
    Verb.SIGN: _("Result signed"),
    Verb.SEAL: _("Result sealed"),
    Verb.STAMP: _("Time stamp put in"),
    Verb.ARCHIVE: _("Result stamped for long keeping"),
    Verb.RETURN_RESULT: _("Result returned"),
    Verb.CERTIFY_COPY: _("Electronic copy certified"),
    Verb.REVOKE_RESULT: _("Result revoked"),
    Verb.WITHDRAW: _("Withdrawn by the applicant"),
    Verb.REAPPOINT: _("Apology sent, new date set"),
    Verb.EXTEND: _("Time limit extended"),
    Verb.SUSPEND: _("Suspended: the clock stands still"),
    Verb.RESUME: _("Resumed: the clock runs again"),
    Verb.STOP: _("Settlement stopped"),
    Verb.RATE: _("Rated by the applicant"),
    Verb.READ: _("Viewed"),
}


def verb_word(verb: str) -> str:
    """Return the word on the button of a verb."""
    return str(VERBS[Verb(verb)])


def deed_word(kind: str) -> str:
    """Return how a journal entry of this kind is told; of a kind that is no verb, the word in `kinds.py`."""
    if kind in set(Verb):
        return str(DEEDS[Verb(kind)])
    from onestop.web.base.wording.kinds import kind_word

    return kind_word("petition_entry" if kind in set(PetitionDeed) else "entry", kind)
