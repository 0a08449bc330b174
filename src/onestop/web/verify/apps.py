"""The Django application of this face."""

from django.apps import AppConfig


class VerifyConfig(AppConfig):
    """Registers the face's templates and messages."""

    name = "onestop.web.verify"
    label = "verify"
