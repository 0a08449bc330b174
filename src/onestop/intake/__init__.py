"""Receive: drafts, filing by any channel, completeness, acceptance, the promised date (tiếp nhận hồ sơ).

Start with `rules/completeness.py` (what is missing, all of it at once), then `operations/filing.py` (submit) and
`operations/reception.py` (accept). Supplement requests, refusals and withdrawals live beside them.
"""
