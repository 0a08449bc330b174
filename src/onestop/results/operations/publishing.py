"""Publishing the list of what was revoked: signed, dated, made anew when it is old or something was revoked since."""

from datetime import datetime, timedelta

from django.db import transaction

from onestop.results.models import RevocationList
from onestop.results.queries.revocations import list_revoked, was_revoked_since
from onestop.results.rules.revocations import encode_list
from onestop.signatures.operations.claims import sign_message

FRESH = timedelta(minutes=10)
KEPT = timedelta(days=2)
STATUS_KEY = "system:status"


@transaction.atomic
def publish_list(*, at: datetime) -> RevocationList:
    """Return the list in force at `at`: the last one if it is fresh, else a new one. Raises `Unavailable`."""
    last = RevocationList.objects.filter(made_at__lte=at).order_by("-made_at").first()
    if last is not None and at - last.made_at < FRESH and not was_revoked_since(last.made_at, at):
        return last
    RevocationList.objects.filter(made_at__lt=at - KEPT).delete()
    made_at = at.replace(microsecond=0)
    message = sign_message(payload=encode_list(list_revoked(at), made_at), key=STATUS_KEY)
    made, _ = RevocationList.objects.get_or_create(made_at=made_at, defaults={"message": message})
    return made
