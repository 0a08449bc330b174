"""The tables of this chapter."""

from onestop.indicators.models.cube import CubeCell, CubeState, KeptDossier

__all__ = ["CubeCell", "CubeState", "KeptDossier"]
