"""Every route says who may open it: `@public`, or `@requires(...)` a verb, a role, or just being logged in.

This opens the page; what may be done to one dossier is asked again by the operation (`dossiers.rules.permissions`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from onestop.accounts.rules import Principal, Role
from onestop.dossiers.rules.permissions import may_ever
from onestop.dossiers.rules.states import Verb

View = Callable[..., HttpResponseBase]
Need = Verb | Role


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a route: everybody, anybody logged in (no needs), or who meets any one of the needs."""

    everybody: bool = False
    needs: tuple[Need, ...] = ()

    def admits(self, principal: Principal | None) -> bool:
        """True if `principal` may open the route."""
        if self.everybody:
            return True
        return principal is not None and (not self.needs or any(_meets(principal, need) for need in self.needs))


def public(view: View) -> View:
    """Mark a view that everybody may open, logged in or not."""
    view.access = Access(everybody=True)  # type: ignore[attr-defined]  # read by the test of routes
    return view


def requires(*needs: Need) -> Callable[[View], View]:
    """Let in who may ever use one of the verbs or acts in one of the roles; without needs, whoever is logged in.

    A stranger is sent to log in and comes back; somebody of another role gets a page that says so (403).
    """
    access = Access(needs=needs)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            principal: Principal | None = request.principal  # type: ignore[attr-defined]  # set by the middleware
            if access.admits(principal) or (not needs and request.user.is_authenticated):
                return view(request, *args, **named)
            if request.user.is_authenticated:
                raise PermissionDenied
            return _ask_to_log_in(request)

        guarded.access = access  # type: ignore[attr-defined]  # read by the test of routes
        return guarded

    return guard


def _meets(principal: Principal, need: Need) -> bool:
    return need in principal.roles if isinstance(need, Role) else may_ever(need, principal)


def _ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """A page asked for comes after log-in; what was sent stays with the browser, to be sent again."""
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    return render(request, "base/errors/logged_out.html", status=401)
