"""The Django application of this face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Registers templates, messages, and the head of the face."""

    name = "onestop.web.portal"
    label = "portal"

    def ready(self) -> None:
        """Name the face and what its head leads to."""
        from onestop.accounts.rules import Role
        from onestop.web.base.navigation import Face, Item, register

        register(
            Face(
                "portal",
                _("Public services"),
                home="portal:home",
                items=(
                    Item("portal:search", _("Procedures")),
                    Item("portal:track", _("Follow a dossier")),
                    Item("portal:petition_write", _("Tell us")),
                    Item("verify:check", _("Check a result")),
                    Item("portal:mine", _("My dossiers"), needs=(Role.APPLICANT,)),
                ),
                is_dense=False,
                order=10,
            )
        )
