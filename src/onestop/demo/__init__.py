"""The real province with simulated people, deterministic: for trying out, tests, screenshots (bản chạy thử).

Units, posts, calendar, catalogue, forms and processes are the real ones; every person, number and dossier is made up.
`cast.py` says who there is, `stories.py` what happens to whom, `stage.py` plays it through the ordinary operations
with the moments handed in, `account.py` tells it.
"""
