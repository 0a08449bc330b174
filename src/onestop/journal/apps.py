"""The Django application of this chapter."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.journal"
    label = "journal"
