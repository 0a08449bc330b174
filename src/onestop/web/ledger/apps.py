"""The Django application of this face."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the face's templates and messages."""

    name = "onestop.web.ledger"
    label = "ledger"
