"""Small sets of codes in words: `kind_word("channel", 2)`. Add a row for every new code, and both translations."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onestop.applicants.rules import ApplicantKind
from onestop.catalogue.rules.kinds import FilingChannel
from onestop.dossiers.rules.filing import Channel, Filer, Given, ReturnWay
from onestop.intake.rules.completeness import GapKind
from onestop.notices.rules.messages import Topic
from onestop.notices.rules.slips import SlipKind
from onestop.process.rules.appraisal import Proposal
from onestop.process.rules.templates import StepKind
from onestop.results.rules.revocations import RevocationCause
from onestop.web.base.wording.feedback import FEEDBACK_KINDS
from onestop.web.base.wording.figures import FIGURE_KINDS
from onestop.web.base.wording.money import MONEY_KINDS
from onestop.web.base.wording.monitoring import MONITOR_KINDS
from onestop.web.base.wording.plan_kinds import PLAN_KINDS

KINDS: dict[str, dict[Any, Any]] = {
    "channel": {
        Channel.COUNTER: _("At the counter"),
        Channel.ONLINE: _("Online"),
        Channel.POST: _("By post"),
    },
    "filing_channel": {
        FilingChannel.DIRECT: _("At the counter"),
        FilingChannel.ONLINE: _("Online"),
        FilingChannel.POSTAL: _("By post"),
    },
    "filer": {
        Filer.SELF: _("Filed by the applicant"),
        Filer.ASSISTED: _("Filed by the applicant with an officer's help"),
        Filer.BY_OFFICER: _("Entered by an officer from paper"),
        Filer.REPRESENTATIVE: _("Filed by a representative"),
    },
    "given": {
        Given.FILE: _("File uploaded"),
        Given.SCAN: _("Digitised at the counter"),
        Given.PAPER: _("On paper, not yet digitised"),
        Given.PRESENTED: _("Presented"),
        Given.DATA: _("Replaced by data already held"),
        Given.COPY: _("Certified electronic copy"),
    },
    "return_way": {
        ReturnWay.COUNTER: _("Collected at the counter"),
        ReturnWay.POST: _("Sent by public post"),
        ReturnWay.ONLINE: _("Received online"),
    },
    "applicant": {
        ApplicantKind.CITIZEN: _("Citizen"),
        ApplicantKind.BUSINESS: _("Business"),
        ApplicantKind.ORGANISATION: _("Organisation"),
    },
    "gap": {
        GapKind.DOCUMENT_MISSING: _("Missing document"),
        GapKind.NOT_DIGITISED: _("Paper not yet digitised"),
        GapKind.NOT_PRESENTED: _("Not yet presented"),
        GapKind.FIELD: _("Form incomplete or wrong"),
    },
    "proposal": {
        Proposal.APPROVE: _("Propose to approve"),
        Proposal.REFUSE: _("Propose to refuse"),
    },
    "step": {
        StepKind.RECEIVE: _("Receive"),
        StepKind.APPRAISE: _("Appraise"),
        StepKind.REVIEW: _("Review by the division"),
        StepKind.APPROVE: _("Approve"),
        StepKind.SEAL: _("Seal"),
        StepKind.RETURN: _("Return the result"),
    },
    "slip": {
        SlipKind.RECEIPT: _("Receipt and appointment slip"),
        SlipKind.SUPPLEMENT: _("Supplement slip"),
        SlipKind.REFUSAL: _("Refusal slip"),
        SlipKind.APOLOGY: _("Apology and new appointment"),
        SlipKind.CONTROL: _("Process control slip"),
    },
    "revocation": {
        RevocationCause.ISSUED_IN_ERROR: _("Issued in error"),
        RevocationCause.FALSE_PAPERS: _("Based on false papers or statements"),
        RevocationCause.WITHOUT_COMPETENCE: _("Issued by an agency not competent"),
        RevocationCause.CONDITIONS_LOST: _("Its conditions are no longer met"),
        RevocationCause.BY_JUDGMENT: _("Revoked by a judgment or decision in force"),
        RevocationCause.AT_REQUEST: _("Given up by its holder"),
        RevocationCause.NEVER_ISSUED: _("Signed, but never issued"),
    },
    "task": {
        "done": _("Done"),
        "todo": _("To do"),
        "in_progress": _("Begun"),
        "cannot_start": _("Not yet possible"),
        "optional": _("If you wish"),
        "fault": _("To be put right"),
    },
    "door": {
        "open": _("done"),
        "opening": _("happening now"),
        "closed": _("not yet"),
        "barred": _("stopped here"),
    },
    "plan": {
        "done": _("on plan"),
        "soon": _("at risk"),
        "late": _("behind plan"),
    },
    "topic": {
        Topic.DOSSIERS: _("My dossiers and petitions"),
        Topic.WORK: _("Dossiers I handle"),
        Topic.PLAN: _("Plan and tasks"),
        Topic.ALERTS: _("Alerts"),
    },
    **FEEDBACK_KINDS,
    **FIGURE_KINDS,
    **MONEY_KINDS,
    **MONITOR_KINDS,
    **PLAN_KINDS,
}


def kind_word(subject: str, code: object) -> str:
    """Return the word for `code` among the kinds of `subject`; the code itself if there is none."""
    return str(KINDS[subject].get(code, code))
