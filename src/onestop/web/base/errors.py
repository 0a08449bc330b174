"""Whatever goes wrong becomes a calm page: what happened, what it means, what to do now. Never a trace."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from onestop.errors import Invalid, NotFound, OneStopError, Refused, Stale, TooOften, Unavailable
from onestop.web.base.context import Page
from onestop.web.base.wording import word_error, word_faults, word_reasons

log = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 60

PAGES: tuple[tuple[type[OneStopError], int, str], ...] = (
    (NotFound, 404, "not_found"),
    (Stale, 409, "stale"),
    (Refused, 409, "refused"),
    (Invalid, 422, "invalid"),
    (Unavailable, 503, "unavailable"),
    (TooOften, 429, "refused"),
    (OneStopError, 409, "refused"),
)


class ErrorPages:
    """Turns errors meant for people into pages; numbers the others, so that the log can be found from the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for an error of ours; leave any other to Django, which logs it and asks `server_error`."""
        return answer(request, error) if isinstance(error, OneStopError) else None


def answer(request: HttpRequest, error: OneStopError) -> HttpResponse:
    """Return the page for an error of ours."""
    status, name = next((status, name) for kind, status, name in PAGES if isinstance(error, kind))
    shown = {
        "message": word_error(error),
        "reasons": word_reasons(error) if isinstance(error, Refused) else (),
        "faults": word_faults(error) if isinstance(error, Invalid) else (),
        "back": _came_from(request),
    }
    response = _page(request, name, status, shown)
    if isinstance(error, TooOften):
        response["Retry-After"] = str(error.seconds)
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        log.warning("unavailable: %s at %s", error.code, request.path)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or cookies are off; what was typed is still in the browser."""
    log.info("form refused: %s", reason)
    return _page(request, "form_too_old", 403, {"back": _came_from(request)})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django calls it so
    """Something in the request makes no sense."""
    return _page(request, "bad_request", 400, {"back": _came_from(request)})


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django calls it so
    """Logged in, but this page is for another role."""
    return _page(request, "not_permitted", 403, {})


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django calls it so
    """No such address."""
    return _page(request, "not_found", 404, {})


def server_error(request: HttpRequest) -> HttpResponse:
    """Something went wrong that should not. The number stands in the log, beside the trace that Django leaves."""
    number = secrets.token_hex(3).upper()
    log.error("error %s at %s", number, request.path)
    try:
        return _page(request, "server_error", 500, {"number": number})
    except Exception:  # the page itself is broken: a few plain words are better than none
        log.exception("error page of %s", number)
        words = f"Xin lỗi, hệ thống gặp lỗi. Mã lỗi: {number}. Something went wrong. Error number: {number}."
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")


def _page(request: HttpRequest, name: str, status: int, shown: dict[str, Any]) -> HttpResponse:
    """Made without context processors: an error page asks nothing of the database."""
    context = {**shown, "page": Page(request), "request": request, "status": status}
    return HttpResponse(render_to_string(f"base/errors/{name}.html", context), status=status)


def _came_from(request: HttpRequest) -> str:
    """The page on which the button was pressed, if it is one of ours and not this one."""
    referrer: str = request.headers.get("Referer", "")
    if referrer and url_has_allowed_host_and_scheme(referrer, allowed_hosts={request.get_host()}):
        return referrer
    return ""
