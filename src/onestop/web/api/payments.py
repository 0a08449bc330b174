"""Where the payment platform knocks: from a machine, without a log-in. A knock is no proof; we go and ask."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from onestop.errors import Invalid, NotFound, Unavailable
from onestop.fees.operations.settling import hear_notice
from onestop.web.base.permissions import public

LONGEST_BODY = 20_000


@public
@csrf_exempt
@require_POST
def notice(request: HttpRequest) -> JsonResponse:
    """Hear a signed notice: 200 if the books are right now, 401 if nobody we know knocked, 503 to be told again."""
    if int(request.headers.get("Content-Length") or 0) > LONGEST_BODY:
        return JsonResponse({"error": "too_large"}, status=413)
    try:
        order = hear_notice(body=request.body, signature=request.headers.get("Signature", "")[:200], at=timezone.now())
    except Invalid as error:
        return JsonResponse({"error": error.code}, status=401)
    except NotFound as error:
        return JsonResponse({"error": error.code}, status=404)
    except Unavailable as error:
        return JsonResponse({"error": error.code}, status=503)
    return JsonResponse({"state": order.state})
