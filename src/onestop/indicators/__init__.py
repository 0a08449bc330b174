"""Figures with definition, population, numerator, denominator and as-of moment (chỉ số).

A definition is data: dated, cited, versioned, worded in three languages. Every figure opens the list of dossiers behind
it, by the same statement. The cube is kept at most a second behind the journal, with the ends of months beside it, so
that a page costs the same however long the history is; signed figures, alarms, doubts and points are made of figures.

Start with `data/definitions/`, then `queries/definitions.py`, `queries/figures.py` (from what is counted to a figure)
and `operations/cube.py`. What a dossier's facts are and how they are counted is the chapter `facts`.
"""
