"""The thing itself: code, state, parts, supplement requests, and who may do what with it (hồ sơ).

A dossier's row is a projection of its journal: it is changed only by `operations.deeds.perform`, which writes the
entry and the row in one transaction. Start with `rules/states.py` (the state table), `rules/permissions.py` (verb ×
role × condition), then `operations/deeds.py` (the one shape of every deed).
"""
