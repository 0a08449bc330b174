"""What is owed, paid and paid back for a dossier (phí, lệ phí: thông báo, nộp, hoàn trả).

Start with `rules/owed.py` (what the catalogue says is owed) and `rules/ledger.py` (what of it is paid), then
`operations/charging.py`. Money comes at a desk (`operations/receiving.py`) or through the payment platform
(`operations/ordering.py`, `operations/settling.py`), which knocks, and is asked before anything counts.
"""
