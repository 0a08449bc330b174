"""What the journal says of each dossier, and how it is counted, by any engine (dữ kiện).

Facts are one row a dossier, derived from the journal alone, as of any moment. A definition is a few tests over facts,
written in a closed little language; a figure is two whole numbers. The same tests run in PostgreSQL over the journal,
on columnar files in DuckDB or on a cluster, on packed numbers, and in plain Python; tests hold all of them together.

Start with `rules/facts.py` (what may be asked), `rules/expressions.py` (the language) and `queries/facts.sql` (how the
journal answers). `rules/reference.py` computes the same facts a second time, in plain Python; `rules/signature.py` and
`rules/packed.py` say how a hundred million dossiers are counted in a second.
"""
