"""The Django application of this chapter."""

from django.apps import AppConfig


class ProcessConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.process"
    label = "process"
