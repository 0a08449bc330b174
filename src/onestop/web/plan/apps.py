"""The Django application of this face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanConfig(AppConfig):
    """Registers templates, messages, and the head of the face."""

    name = "onestop.web.plan"
    label = "plan"

    def ready(self) -> None:
        """Name the face and what its head leads to."""
        from onestop.accounts.rules import Role
        from onestop.web.base.navigation import Face, Item, register
        from onestop.web.plan.readers import OFFICERS

        items = (
            Item("plan:public", _("Plan of the province")),
            Item("plan:progress", _("Progress"), needs=OFFICERS),
            Item("plan:targets", _("Targets"), needs=OFFICERS),
            Item("plan:tasks", _("Tasks"), needs=OFFICERS),
            Item("plan:reports", _("Reports by hand"), needs=OFFICERS),
            Item("plan:reviews", _("Reviews"), needs=OFFICERS),
            Item("plan:scores", _("Points"), needs=(Role.LEADER,)),
            Item("plan:my_scores", _("My points"), needs=OFFICERS),
        )
        register(Face("plan", _("Action plan"), home="plan:public", items=items, order=85))
