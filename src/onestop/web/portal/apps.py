"""The Django application of this face."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers templates and messages."""

    name = "onestop.web.portal"
    label = "portal"
