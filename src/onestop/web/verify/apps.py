"""The Django application of this face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerifyConfig(AppConfig):
    """Registers templates, messages, and the head of the face."""

    name = "onestop.web.verify"
    label = "verify"

    def ready(self) -> None:
        """Name the face and what its head leads to."""
        from onestop.web.base.navigation import Face, Item, register

        items = (
            Item("portal:search", _("Procedures")),
            Item("portal:track", _("Follow a dossier")),
            Item("verify:check", _("Check a result")),
        )
        register(Face("verify", _("Check a result"), home="portal:home", items=items, is_dense=False, order=70))
