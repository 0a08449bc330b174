"""The status list of credentials in wallets: a signed token, made anew at each asking."""

from datetime import datetime

from django.conf import settings
from django.db.models import Max

from onestop.results.models import Credential
from onestop.results.operations.publishing import STATUS_KEY
from onestop.results.operations.wallets import STATUS_PLACE
from onestop.results.rules.credentials import compose_status_list
from onestop.signatures.operations.claims import sign_token
from onestop.signatures.rules.sd_jwt import STATUS_LIST


def publish_statuses(*, at: datetime) -> str:
    """Return the status list token as of `at`. Raises `Unavailable`."""
    last = Credential.objects.aggregate(last=Max("status_index"))["last"]
    revoked = Credential.objects.filter(dossier__revocation__revoked_at__lte=at)
    claims = compose_status_list(
        address=f"{settings.PUBLIC_ADDRESS}{STATUS_PLACE}",
        revoked=revoked.values_list("status_index", flat=True),
        count=0 if last is None else int(last) + 1,
        at=at,
    )
    return sign_token(kind=STATUS_LIST, claims=claims, key=STATUS_KEY)
