"""The tables of this chapter."""

from onestop.indicators.models.cube import CubeCell, CubeState, KeptDossier
from onestop.indicators.models.moments import KeptBeside, KeptMoment, MomentCell
from onestop.indicators.models.snapshots import Snapshot

__all__ = ["CubeCell", "CubeState", "KeptBeside", "KeptDossier", "KeptMoment", "MomentCell", "Snapshot"]
