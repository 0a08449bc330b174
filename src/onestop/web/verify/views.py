"""The page, what it needs to check by itself, the full check on the server, and the file for offline use."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onestop.errors import Unavailable
from onestop.results.operations.publishing import FRESH, publish_list
from onestop.results.queries.claims import check_claim, check_file
from onestop.results.rules.verdicts import Checked, Verdict
from onestop.web.base.permissions import public
from onestop.web.verify.offline import NAME, OfflinePage, build_offline_page
from onestop.web.verify.publishing import trust_document
from onestop.web.verify.showing import tell
from onestop.web.verify.wording import words

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_TEXT = 5000
CAMERA_HERE_ONLY = "camera=(self), microphone=(), geolocation=()"


@public
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check in the browser; by POST on the server, for whoever has no scripts or wants the full check."""
    told = tell(_check(request)) if request.method == "POST" else None
    shown = {"words": words(), "told": told, "offline": _find_offline_page()}
    response = render(request, "verify/check.html", shown)
    response["Permissions-Policy"] = CAMERA_HERE_ONLY
    return response


@public
@require_GET
def trust(_: HttpRequest) -> HttpResponse:
    """Whom to believe: roots, keys and their certificates."""
    return _open_to_all(JsonResponse(trust_document(), json_dumps_params={"ensure_ascii": False}))


@public
@require_GET
def revoked(_: HttpRequest) -> HttpResponse:
    """The signed list of revoked results, as COSE."""
    published = publish_list(at=timezone.now())
    return _open_to_all(HttpResponse(bytes(published.message), content_type="application/cose"))


@public
@require_GET
def offline(_: HttpRequest) -> HttpResponse:
    """The page that checks without the internet."""
    page = build_offline_page(at=timezone.now())
    response = HttpResponse(page.content, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{NAME}"'
    response["X-Content-SHA256"] = page.sha256
    response["Cache-Control"] = "no-store"
    return response


def _find_offline_page() -> OfflinePage | None:
    """Return the file for offline use, or None while the list in it cannot be signed: the page works without."""
    try:
        return build_offline_page(at=timezone.now())
    except Unavailable:
        return None


def _check(request: HttpRequest) -> Checked:
    """Look at the file if one was sent, else at the text. Nothing is kept."""
    at, file = timezone.now(), request.FILES.get("file")
    if file is None:
        return check_claim(request.POST.get("text", "")[:LONGEST_TEXT], at=at)
    if (file.size or 0) > LARGEST_FILE:
        return Checked(Verdict.UNKNOWN, "file.too_large")
    return check_file(file.read(), at=at)


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Public data, for checkers of others too."""
    response["Cache-Control"] = f"public, max-age={int(FRESH.total_seconds()) // 10}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
