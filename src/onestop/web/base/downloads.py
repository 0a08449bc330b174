"""Serving kept files: always as a download, never run or guessed at by a browser."""

from urllib.parse import quote

from django.http import HttpResponse

from onestop.documents.ports import store
from onestop.errors import NotFound


def download(sha256: str, name: str, media_type: str = "application/pdf", *, inline: bool = False) -> HttpResponse:
    """Return the file of this hash under `name`. Raises `NotFound` if nothing was kept under it.

    PDF and images may be shown `inline`; the sandbox policy keeps scripts in them from running.
    """
    if not sha256 or not store().exists(sha256):
        raise NotFound("document.unknown")
    response = HttpResponse(store().get(sha256), content_type=media_type or "application/octet-stream")
    way = "inline" if inline and media_type in ("application/pdf", "image/jpeg", "image/png") else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def show(data: bytes, name: str) -> HttpResponse:
    """Serve a PDF just made, to be looked at and not kept."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def hand_out(data: bytes, name: str, media_type: str = "text/plain; charset=utf-8") -> HttpResponse:
    """Serve something just made, a text if nothing else is said, as a file to keep."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
