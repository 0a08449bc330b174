"""The Django application of this chapter."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.plans"
    label = "plans"
