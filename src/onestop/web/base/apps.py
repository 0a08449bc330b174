"""The Django application of what all faces share."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Registers templates, tags and messages (giao diện dùng chung)."""

    name = "onestop.web.base"
    label = "base"
