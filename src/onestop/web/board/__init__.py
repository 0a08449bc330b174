"""The board (bảng chỉ số): figures anybody can read, and for officers the dossiers behind each.

Start with `views.py`; `surveys.py` decides what is counted and when, `showing.py` turns figures into what a page shows.
"""
