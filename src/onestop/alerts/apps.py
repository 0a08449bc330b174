"""The Django application of this chapter."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.alerts"
    label = "alerts"
