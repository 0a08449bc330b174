"""The Django application of this face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Registers templates, messages, and the head of the face."""

    name = "onestop.web.desk"
    label = "desk"

    def ready(self) -> None:
        """Name the face and what its head leads to."""
        from onestop.dossiers.rules.states import Verb
        from onestop.web.base.navigation import Face, Item, register

        register(
            Face(
                "desk",
                _("One-stop desk"),
                home="desk:work",
                needs=(Verb.ACCEPT,),
                items=(
                    Item("desk:work", _("At the desk")),
                    Item("desk:receive", _("Receive")),
                    Item("desk:register", _("Register")),
                ),
            )
        )
