"""The Django application of this face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitorFaceConfig(AppConfig):
    """Registers templates, messages, and the head of the face."""

    name = "onestop.web.monitor"
    label = "monitor_face"

    def ready(self) -> None:
        """Name the face and what its head leads to."""
        from onestop.web.base.navigation import Face, Item, register
        from onestop.web.monitor.readers import STAFF

        items = (
            Item("monitor:nation", _("The nation")),
            Item("monitor:published", _("Points of the national portal")),
            Item("monitor:reports", _("Reports received"), needs=STAFF),
        )
        register(Face("monitor", _("National monitor"), home="monitor:nation", items=items, is_dense=False, order=90))
