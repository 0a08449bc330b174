"""The Django application of this chapter."""

from django.apps import AppConfig


class FeesConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.fees"
    label = "fees"
