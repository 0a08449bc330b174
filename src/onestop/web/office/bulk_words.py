"""The words of bulk acts, by the role that does them; what such a page sends, and what is told afterwards."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onestop.accounts.rules import Principal, Role
from onestop.process.operations.bulk import Outcome
from onestop.web.base.wording import word_error


def bulk_word(by: Principal) -> str:
    """Return the word on the button under the work list; empty for who does nothing in bulk."""
    if by.has(Role.LEADER):
        return _("Approve and sign those chosen")
    if by.has(Role.CLERK):
        return _("Seal those chosen")
    return _("Approve those chosen") if by.has(Role.DIVISION_HEAD) else ""


def confirm_words(by: Principal, n: int) -> dict[str, str]:
    """Return title, lead and button of the page that asks once more, saying exactly what will be done to how many."""
    values = {"n": n}
    if by.has(Role.LEADER):
        title = ngettext("Approve and sign %(n)d dossier", "Approve and sign %(n)d dossiers", n) % values
        lead = _("Each result is signed with your own key. Where the appraisal proposes a refusal, nothing is signed.")
    elif by.has(Role.CLERK):
        title = ngettext("Seal %(n)d result", "Seal %(n)d results", n) % values
        lead = _("Each result gets the agency's signature and a time stamp, and goes to the desk to be returned.")
    else:
        title = ngettext("Approve %(n)d dossier", "Approve %(n)d dossiers", n) % values
        lead = _(
            "Each dossier goes on to the leader. Where its process asks for it, you initial the paper with your key."
        )
    return {"title": title, "lead": lead, "button": title}


def seen_of_each(sent: Iterable[str]) -> dict[str, int]:
    """Return codes with the number of the last entry that the page showed; each is sent as `code:number`."""
    pairs = (text.rpartition(":") for text in sent)
    return {code: int(number) for code, _colon, number in pairs if code and number.isdigit()}


def tell(request: HttpRequest, outcomes: Iterable[Outcome]) -> None:
    """Say how many are done, and of each other one why not."""
    outcomes = tuple(outcomes)
    good = sum(outcome.error is None for outcome in outcomes)
    if good:
        messages.success(request, ngettext("%(n)d dossier done.", "%(n)d dossiers done.", good) % {"n": good})
    for outcome in outcomes:
        if outcome.error is not None:
            messages.error(request, f"{outcome.code}: {word_error(outcome.error)}")
