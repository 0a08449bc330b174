"""The Django application of this chapter."""

from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    """Registers the chapter's table."""

    name = "onestop.worktime"
    label = "worktime"
