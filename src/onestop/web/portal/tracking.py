"""Finding a dossier without log-in: by its code and the number of its holder, sent by POST so that neither is kept in
an address. Wrong guesses are counted: codes follow one another, so only the holder's number keeps strangers out.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from onestop.accounts.operations import check_guesses, count_wrong_guess
from onestop.accounts.rules import GuessLimit
from onestop.applicants.rules import normal_number
from onestop.dossiers.queries.dossiers import find_by_code_and_holder
from onestop.web.base.forms import nfc
from onestop.web.base.guessing import guess_subjects

TRACKING = GuessLimit("track", most=10, within=timedelta(minutes=15))


def read_tracked(request: HttpRequest) -> tuple[str, str]:
    """Return code and holder's number as they were typed."""
    return nfc(request.POST.get("code", ""))[:40], normal_number(request.POST.get("holder", "")[:40])


def find_tracked(request: HttpRequest, code: str, holder: str) -> Any:
    """Return the dossier, or None and count a wrong guess. Raises `TooOften`."""
    at, subjects = timezone.now(), guess_subjects(request, code.upper())
    check_guesses(limit=TRACKING, subjects=subjects, at=at)
    found = find_by_code_and_holder(code=code, personal_id=holder)
    if found is None:
        count_wrong_guess(limit=TRACKING, subjects=subjects, at=at)
    return found
