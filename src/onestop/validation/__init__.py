"""Signatures, checked (kiểm tra hiệu lực chữ ký số): PDF, CMS, XML, containers, ours and anybody's.

After ETSI EN 319 102-1. Each kind of file has a reader of what its bytes prove; one judge decides for all of them
when each signature is proved to have existed, whom to believe, and what follows.

Start with `rules/findings.py` and `rules/indications.py` (what can be said of a signature), then
`queries/judging.py`, then `queries/files.py` (`verify_file`).
"""
