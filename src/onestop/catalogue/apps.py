"""The Django application of this chapter."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Registers the chapter's tables."""

    name = "onestop.catalogue"
    label = "catalogue"
