"""Alerts (cảnh báo): what is going wrong with figures, or with what keeps them, told once to those who answer for it.

An alert is an episode: it begins, is told, and is over once it has recovered, which is told too. In between nobody is
told again. Begin and end are entries of the register `alerts`; `notices` reads them like any other.

Start with `rules/episodes.py` (when one begins and ends), then `rules/findings.py` (what is worth one, with every
threshold), then `operations/judging.py`.
"""
