"""Wiring of the chapter monitor: the centre at an address, or none."""

from onestop.monitor.adapters.http_centre import HttpCentre
from onestop.monitor.adapters.null import NullCentre
from onestop.monitor.ports import Centre


def centre_at(address: str) -> Centre:
    """Return the centre that takes reports at an address."""
    return HttpCentre(address) if address else NullCentre()
