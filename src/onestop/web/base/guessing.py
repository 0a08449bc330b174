"""Who guesses, and at what, as hashes: so that a person may be wrong a few times, and a program not for long."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def guess_subjects(request: HttpRequest, *targets: str) -> tuple[str, ...]:
    """Return the hashes under which wrong guesses are counted: the sender's address, and each thing guessed at."""
    names = (f"from {_address(request)}", *(f"at {target}" for target in targets))
    return tuple(salted_hmac("guesses", name, algorithm="sha256").hexdigest() for name in names)


def _address(request: HttpRequest) -> str:
    """The sender's address: as a reverse proxy of ours says if one is named in the settings, else the connection's."""
    named = request.headers.get(settings.CLIENT_ADDRESS_HEADER, "") if settings.CLIENT_ADDRESS_HEADER else ""
    return named.strip() or str(request.META.get("REMOTE_ADDR", ""))
