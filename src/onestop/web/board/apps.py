"""The Django application of this face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    """Registers templates, messages, and the head of the face."""

    name = "onestop.web.board"
    label = "board"

    def ready(self) -> None:
        """Name the face and what its head leads to."""
        from onestop.accounts.rules import Role
        from onestop.web.base.navigation import Face, Item, register
        from onestop.web.board.readers import OFFICERS

        items = (
            Item("board:public", _("Public figures")),
            Item("board:overview", _("Figures with their dossiers"), needs=OFFICERS),
            Item("board:alarms", _("Alarms"), needs=(Role.LEADER, Role.AUDITOR)),
            Item("board:quality", _("Quality of the data"), needs=OFFICERS),
            Item("board:settlement", _("Reports"), needs=OFFICERS),
            Item("board:scorecard", _("Scorecard"), needs=OFFICERS),
            Item("board:snapshots", _("Signed figures"), needs=OFFICERS),
        )
        register(Face("board", _("Figures"), home="board:public", items=items, order=80))
