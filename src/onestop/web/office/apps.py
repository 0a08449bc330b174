"""The Django application of this face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    """Registers templates, messages, and the head of the face."""

    name = "onestop.web.office"
    label = "office"

    def ready(self) -> None:
        """Name the face and what its head leads to."""
        from onestop.accounts.rules import Role
        from onestop.dossiers.rules.states import Verb
        from onestop.web.base.navigation import Face, Item, register

        register(
            Face(
                "office",
                _("Office"),
                home="office:work",
                needs=(Verb.APPRAISE, Verb.APPROVE, Verb.SEAL, Verb.ASSIGN, Role.AUDITOR),
                items=(
                    Item("office:work", _("My work")),
                    Item("office:dossiers", _("All dossiers")),
                    Item("office:consulted", _("Opinions")),
                    Item("office:petitions", _("Petitions"), needs=(Role.AUDITOR, Role.LEADER)),
                ),
            )
        )
