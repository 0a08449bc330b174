"""Who asks: `request.user` and `request.principal`, from the session, in at most two SQL statements.

A browser without a session costs none. An officer acts in the post chosen on the account page, by default the first;
somebody without a post, or who chose to, acts as an applicant, until the next log-in or choice.
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from onestop.accounts.rules import Principal
from onestop.accounts.sessions import act_in, acting_posting, user_of
from onestop.agencies.queries import find_principal
from onestop.applicants.queries import principal_of as applicant_of

AS_APPLICANT = 0


class IdentityMiddleware:
    """Puts `request.user` and `request.principal` on every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, then go on."""
        user = user_of(request.session)
        request.user = user
        request.principal = principal_of(request, user, timezone.now())  # type: ignore[attr-defined]
        return self.get_response(request)


def principal_of(request: HttpRequest, user: AbstractBaseUser | AnonymousUser, at: datetime) -> Principal | None:
    """Return who acts in this request, or None for a stranger."""
    if user.pk is None:
        return None
    posting = acting_posting(request.session)
    officer = None if posting == AS_APPLICANT else find_principal(account_id=user.pk, posting_id=posting, at=at)
    applicant = None if officer else applicant_of(user.pk, at)
    if applicant is not None and posting is None:
        act_in(request.session, AS_APPLICANT)  # so that an applicant's next page asks for no posts
    return officer or applicant
