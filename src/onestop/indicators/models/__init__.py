"""The tables of this chapter."""

from onestop.indicators.models.cube import CubeCell, CubeState, KeptDossier
from onestop.indicators.models.snapshots import Snapshot

__all__ = ["CubeCell", "CubeState", "KeptDossier", "Snapshot"]
