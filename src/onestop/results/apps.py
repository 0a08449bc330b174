"""The Django application of this chapter."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.results"
    label = "results"
