"""Counts every figure of an export once more, as a stranger would (đếm lại độc lập).

Written from `docs/recount-format.md` alone and standing on Python's standard library alone: it shares no line with the
engine that made the figures, so it cannot share a mistake. Copy this folder anywhere and run it on an export:

    python -m onestop.recount FOLDER

Start with `reading.py`, then `facts.py` (what the entries say of a dossier), `language.py` (what a definition asks)
and `counting.py`.
"""
