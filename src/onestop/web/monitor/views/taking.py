"""The door by which reports come in: a document and its signature, from a machine, without a log-in.

Whoever may send is told by the signature. The answer says at once what is wrong; the same report again is harmless.
What is refused is kept as evidence, so a sender may be refused only so often an hour: strangers do not fill the store.
"""

import base64
import binascii
import json
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from onestop.accounts.operations import check_guesses, count_wrong_guess
from onestop.accounts.rules import GuessLimit
from onestop.errors import Invalid, TooOften
from onestop.monitor.operations.receiving import receive_aggregate
from onestop.monitor.queries.facts import list_wanted
from onestop.monitor.rules.aggregates import LARGEST_BYTES
from onestop.web.base.guessing import guess_subjects
from onestop.web.base.permissions import public

LARGEST_BODY = 2 * LARGEST_BYTES
REFUSED = GuessLimit("report", most=30, within=timedelta(hours=1))


@public
@csrf_exempt
@require_POST
def take(request: HttpRequest) -> JsonResponse:
    """Take `{"document": base64, "signature": base64}`; 200 if it counts, 422 with every fault if it does not."""
    at, sender = timezone.now(), guess_subjects(request)
    try:
        check_guesses(limit=REFUSED, subjects=sender, at=at)
        if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY:
            return JsonResponse({"error": "too_large", "limit": LARGEST_BODY}, status=413)
        said: dict[str, Any] = json.loads(request.body)
        document, signature = (base64.b64decode(said[name], validate=True) for name in ("document", "signature"))
        row = receive_aggregate(document=document, signature=signature, at=at)
    except TooOften as error:
        return JsonResponse({"error": "too_often", "seconds": error.seconds}, status=429)
    except Invalid:
        return JsonResponse({"error": "too_large", "limit": LARGEST_BYTES}, status=413)
    except (ValueError, KeyError, TypeError, binascii.Error):
        return JsonResponse({"error": "not_understood", "expected": ["document", "signature"]}, status=400)
    if not row.is_counted:
        count_wrong_guess(limit=REFUSED, subjects=sender, at=at)
    faults = [{"fault": code, "about": about} for code, about in row.faults]
    answer = {
        "counted": row.is_counted,
        "sha256": row.digest,
        "received_at": row.received_at.isoformat(),
        "faults": faults,
        "facts_wanted": [day.isoformat() for day in list_wanted(row.member)] if row.is_counted else [],
    }
    return JsonResponse(answer, status=200 if row.is_counted else 422)
