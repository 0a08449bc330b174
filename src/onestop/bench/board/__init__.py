"""Figures at size: every test of every definition for every unit and month, from scratch and from the kept cube.

`scratch.py` counts made-up histories of millions; `live.py` keeps the cube beside a journal that grows;
`distributed.py` asks the engines, embedded and on a cluster, the same questions.
"""
