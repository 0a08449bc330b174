"""Slips and letters, typeset from the journal (phiếu), and messages to each person (thông báo).

No chapter calls this one: it reads the journal. A slip belongs to one entry (an acceptance has its receipt, a refusal
its form 03); it is typeset and sealed by the one-stop's agency when it is first asked for or by the worker, then kept.
A message belongs to one entry and one reader: the worker makes it once, a face puts it into words, and who wishes gets
it as a letter too. Start with `rules/slips.py` and `rules/messages.py` (which entry is told to whom, as what), then
`operations.slip_file` and `operations.make_messages`.
"""
