"""The Django application of this chapter."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.feedback"
    label = "feedback"
