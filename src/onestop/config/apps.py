"""The last application to start: everything is loaded, so the ports can be wired."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Wires ports to adapters once all chapters are loaded."""

    name = "onestop.config"
    label = "config"

    def ready(self) -> None:
        """Plug the adapters in."""
        from onestop.config.wiring import wire

        wire()
