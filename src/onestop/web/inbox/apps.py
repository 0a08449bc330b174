"""The Django application of this face."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Registers templates and messages. It has no head of its own: the bell on every page leads here."""

    name = "onestop.web.inbox"
    label = "inbox"
