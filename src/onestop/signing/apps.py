"""The Django application of this chapter."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.signing"
    label = "signing"
