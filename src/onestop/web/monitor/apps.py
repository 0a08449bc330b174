"""The Django application of this face."""

from django.apps import AppConfig


class MonitorFaceConfig(AppConfig):
    """Registers the face's templates and messages."""

    name = "onestop.web.monitor"
    label = "monitor_face"
