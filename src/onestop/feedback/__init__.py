"""What people say of it: ratings of settled dossiers, petitions and their answers (đánh giá; phản ánh, kiến nghị).

A rating belongs to a dossier and is an entry of its journal, given once and corrected only by a later one. A petition
stands by itself, about a dossier, a procedure, a unit or somebody's conduct, and has a chain of its own; its clocks are
the legal ones, its answer is rated in turn, and whether it is true is found by somebody outside the unit complained of.

Start with `rules/ratings.py` and `operations/rating.py`; then `rules/petitions.py` (what follows what, until when) and
`rules/duties.py` (who may).
"""
