"""The Django application of this face."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """Registers the face's templates and messages."""

    name = "onestop.web.plan"
    label = "plan"
