"""The catalogue of administrative procedures (danh mục thủ tục hành chính).

Which procedures exist, in which versions, with which required documents, time limits, fees and electronic forms.

Start reading at `rules/content.py` (what one version says), then `rules/reading.py` (how a foreign record becomes
that), `models.py`, `operations/`, `queries/`. The data that comes with the house lies in `data/`, its sources in
`data/README.md`.
"""
