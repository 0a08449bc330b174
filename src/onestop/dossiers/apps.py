"""The Django application of this chapter."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.dossiers"
    label = "dossiers"
