"""The files of the log, for monitors: the same that any web server could serve from the folder."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from onestop.errors import Invalid
from onestop.journal import ports
from onestop.journal.operations import add_cosignatures
from onestop.web.base.permissions import public

TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
TYPES = {"p7s": "application/pkcs7-signature", "tst": "application/timestamp-reply"}
FOR_EVER = "public, max-age=31536000, immutable"
LONGEST_COSIGNATURE = 4096


@public
@require_safe
def newest(request: HttpRequest, name: str) -> HttpResponse:
    """The newest checkpoint, its seal, its time stamp, and the log's key: asked for afresh each time."""
    return _serve(request, name, "no-cache")


@public
@require_safe
def lasting(request: HttpRequest, name: str) -> HttpResponse:
    """Tiles, bundles of entries, seals and stamps: once written they never change. Old heads may gain cosignatures."""
    grows = name.startswith("checkpoints/") and "." not in name
    return _serve(request, name, "public, max-age=60" if grows else FOR_EVER)


@csrf_exempt
@public
@require_POST
def take_cosignature(request: HttpRequest) -> HttpResponse:
    """Take a witness's cosignature of a recent checkpoint. The signature itself says who sends it."""
    try:
        came = add_cosignatures(lines=request.read(LONGEST_COSIGNATURE).decode(errors="replace"), at=timezone.now())
    except Invalid as error:
        return HttpResponse(f"{error.code}\n", content_type=TEXT, status=403)
    return HttpResponse(f"{came}\n", content_type=TEXT)


def _serve(request: HttpRequest, name: str, caching: str) -> HttpResponse:
    try:
        data = ports.log_files().read(name)
    except ValueError:  # no name of a file
        data = None
    if data is None:
        raise Http404
    ending = name.rpartition(".")[2]
    is_text = name in ("key", "checkpoint") or (name.startswith("checkpoints/") and ending not in TYPES)
    response = HttpResponse(data, content_type=TEXT if is_text else TYPES.get(ending, BYTES))
    response["Cache-Control"] = caching
    response["Access-Control-Allow-Origin"] = "*"  # a page elsewhere may check proofs by itself
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{hashlib.sha256(data).hexdigest()}"'
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    return known if isinstance(known, HttpResponse) else response
