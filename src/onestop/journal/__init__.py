"""What happened: append-only, hash-chained, signed entries (nhật ký xử lý).

Every operation on a dossier writes exactly one entry here, in its own transaction. The entry carries who
acted in which post, when, on what legal ground and with what effect; its hash covers the entry before it,
and its signature is made with the actor's own key. Nothing is ever updated or deleted: the database refuses.

Start with `rules/entries.py` (what an entry is and how it is hashed), then `operations.record`, then
`queries.audit` (does everything still hold?).

Over all entries grows a public log: a Merkle tree whose signed and time-stamped heads anybody may keep, so that nobody
can alter, remove or back-date an entry unseen, not even with every right over the database. Its story is told in
`rules/merkle.py`, `rules/tiles.py` and `rules/proofs.py`; then `operations.publish_log`.
"""
