"""The Django application of this face."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the face's templates and messages."""

    name = "onestop.web.api"
    label = "api"
