"""The Django application of this chapter."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Trust (chữ ký số và tin cậy)."""

    name = "onestop.trust"
    label = "trust"
