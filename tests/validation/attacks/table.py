"""All samples, in the order of their chapters."""

from tests.validation.attacks import on_bytes, on_containers, on_markup, on_messages, on_shadows, on_trust, on_updates
from tests.validation.attacks.samples import SAMPLES

_ = (on_bytes, on_updates, on_shadows, on_trust, on_messages, on_markup, on_containers)  # each registers its samples

__all__ = ["SAMPLES"]
