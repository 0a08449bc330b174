"""The Django application of this chapter."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.intake"
    label = "intake"
