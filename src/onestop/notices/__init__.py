"""Slips and letters, typeset from the journal (phiếu, thông báo).

No chapter calls this one: it reads the journal. A slip belongs to one entry (an acceptance has its receipt, a refusal
its form 03); it is typeset and sealed by the one-stop's agency when it is first asked for or by the worker, then kept.
Start with `rules/slips.py` (which entry has which slip), then `operations.slip_file`.
"""
