"""Pages of no face: language, account, choice of post, and the living page of components."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onestop.accounts.rules import Role
from onestop.accounts.sessions import act_in
from onestop.agencies.queries import list_postings
from onestop.web.base.context import LANGUAGES
from onestop.web.base.identity import AS_APPLICANT
from onestop.web.base.navigation import list_faces
from onestop.web.base.permissions import public, requires
from onestop.web.base.requests import Request

YEAR = 365 * 24 * 3600


@public
@require_GET
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language and go back. A link, so that it works without a script."""
    if code not in LANGUAGES:
        raise Http404
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    response = redirect(wanted if safe else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response


@requires()
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, in which post, and what I can use."""
    postings = list_postings(_account_id(request), timezone.now())
    return render(request, "base/account.html", {"postings": postings, "language": translation.get_language()})


@requires()
def begin(request: Request) -> HttpResponse:
    """After log-in: the face of one's own work."""
    faces = list_faces(request.principal)
    return redirect(faces[0].home if faces else "base:account")


@requires()
@require_POST
def choose_posting(request: HttpRequest) -> HttpResponse:
    """Act in another post from now on, or as an applicant. Only a post that is held is taken."""
    chosen = request.POST.get("posting", "")
    held = {posting.posting_id for posting in list_postings(_account_id(request), timezone.now())}
    if chosen.isdigit() and int(chosen) in {*held, AS_APPLICANT}:
        act_in(request.session, int(chosen))
        messages.success(request, _("From now on you act in the post you chose."))
    return redirect(reverse("base:account"))


@public
def components(request: Request) -> HttpResponse:
    """The living page of components: every piece, in the language chosen. For those who build pages."""
    principal = request.principal
    if not settings.DEBUG and (principal is None or not principal.has(Role.ADMINISTRATOR)):
        raise Http404
    from onestop.web.base.samples import make_samples

    template = "base/components_office.html" if request.GET.get("day-dac") else "base/components.html"
    return render(request, template, make_samples(timezone.now()))


def _account_id(request: HttpRequest) -> int:
    return int(request.user.pk or 0)  # behind `requires`, somebody is logged in
