"""The Django application of this face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Registers the face's templates, its messages, and its head."""

    name = "onestop.web.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Name the face and what its head leads to."""
        from onestop.web.base.navigation import Face, Item, register

        items = (Item("ledger:overview", _("Public log")),)
        register(Face("ledger", _("Public log"), home="ledger:overview", items=items, is_dense=False, order=85))
