"""Figures with definition, population, numerator, denominator and as-of moment (chỉ số).

A definition is data: dated, cited, versioned, worded in three languages, its tests written in a closed little
language over facts. Facts are one row a dossier, derived from the journal alone, as of any moment. Every figure is two
whole numbers and opens the list of dossiers behind it, by the same statement.

Start with `data/definitions/`, then `rules/expressions.py` (the language), `rules/facts.py` (what may be asked),
`queries/facts.sql` (how the journal answers) and `queries/figures.py`. `rules/reference.py` computes the same facts a
second time, in plain Python; tests hold the two together.
"""
