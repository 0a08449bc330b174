"""The Django application of this face."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Registers templates and messages."""

    name = "onestop.web.office"
    label = "office"
