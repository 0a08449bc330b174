"""Who serves: units and their succession, posts, officers, delegations (cơ quan).

A unit is an agency or a part of one, valid for a period: the districts and old communes of the province ended on
30 June 2025, and their successors are on record, so that figures of 2024 can be drawn on the map of 2025. An officer
is an account that holds a post; what an officer may do and see follows from the post alone.

Start with `rules.py`, then `models.py`, then `queries.find_principal`, which runs on every request of an officer.
"""
