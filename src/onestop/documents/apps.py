"""The Django application of this chapter."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers the chapter; it has no tables."""

    name = "onestop.documents"
    label = "documents"
