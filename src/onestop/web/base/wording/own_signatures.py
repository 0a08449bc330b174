"""What was found of the applicant's own signature on a part, in words for the officer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onestop.dossiers.rules.own_signatures import IN_FUTURE, Match, Outcome
from onestop.validation.rules.findings import Finding
from onestop.web.base.moments import moment_word
from onestop.web.base.wording.findings import finding_word

HEADS = {
    Outcome.HOLDS: ("success", gettext_lazy("The signature holds")),
    Outcome.OPEN: ("warning", gettext_lazy("Not confirmed")),
    Outcome.FAILS: ("danger", gettext_lazy("Does not hold")),
}
WHOSE = {
    Match.NUMBER: gettext_lazy("Signed by the applicant: the certificate carries the applicant's number."),
    Match.NAME: gettext_lazy("Signed in the applicant's name; there was no number to compare."),
    Match.FILER: gettext_lazy("Signed by who filed for the applicant: %(signer)s."),
    Match.OTHER: gettext_lazy("Not signed by the applicant: the certificate names %(signer)s."),
    Match.UNKNOWN: gettext_lazy("Who signed cannot be read."),
}


@dataclass(frozen=True, slots=True)
class SignatureWords:
    """A finding in words: its tone, what holds, whose signature it is, when it was made, and why it is doubted."""

    tone: str
    head: str
    whose: str
    when: str
    reasons: tuple[str, ...]


def own_signature_words(kept: Mapping[str, Any]) -> SignatureWords:
    """Return the words for what a part's row keeps."""
    tone, head = HEADS[Outcome(kept["outcome"])]
    match = Match(kept["match"])
    if match is Match.OTHER and tone == "success":
        tone = "warning"
    return SignatureWords(
        tone=tone,
        head=str(head),
        whose=str(WHOSE[match]) % {"signer": kept["signer"] or "…"},
        when=_when(kept),
        reasons=(*_advice(kept), *(_reason(code) for code in kept["reasons"])),
    )


def _when(kept: Mapping[str, Any]) -> str:
    if not kept["signed_at"]:
        return ""
    moment = moment_word(datetime.fromisoformat(kept["signed_at"]))
    said = _("Time stamp: %(moment)s.") if kept["stamped"] else _("Time by the signer's own clock: %(moment)s.")
    return said % {"moment": moment}


def _advice(kept: Mapping[str, Any]) -> tuple[str, ...]:
    return (_("Do not rely on this signature."),) if kept["outcome"] == Outcome.FAILS else ()


def _reason(code: str) -> str:
    if code == IN_FUTURE:
        return _("It claims a time after it was handed in.")
    try:
        return str(finding_word(Finding(code)))
    except ValueError:
        return code
