"""The Django application of this chapter."""

from django.apps import AppConfig


class MonitorConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.monitor"
    label = "monitor"
