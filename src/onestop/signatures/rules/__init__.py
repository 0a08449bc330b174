"""What a signature on a paper is made of, without any framework: its order and level, its place, its claims."""

from onestop.signatures.rules.order import Level
from onestop.signatures.rules.places import DEFAULT_PLACES, Box, FieldWish, Place

__all__ = ["DEFAULT_PLACES", "Box", "FieldWish", "Level", "Place"]
