"""The Django application of this chapter."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.notices"
    label = "notices"
