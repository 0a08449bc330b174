"""The Django application of this chapter."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.indicators"
    label = "indicators"
