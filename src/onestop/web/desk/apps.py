"""The Django application of this face."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers templates and messages."""

    name = "onestop.web.desk"
    label = "desk"
