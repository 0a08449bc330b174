"""Papers and files (tài liệu): what is kept by its content, what is typeset, what is let in.

- Kept: every file lies in the store under the SHA-256 of its content; what was put can be got unchanged or not at all.
- Let in: an upload is looked at before it is kept; everything wrong with it is named at once.
- Typeset: slips and results as Vietnamese administrative papers, from data, the same data always giving the same bytes.

Start with `ports.py` (what the store and the typesetter promise), then `rules/uploads.py` (what may come in) and
`rules/papers.py` (which papers there are, and the data each needs).
"""
