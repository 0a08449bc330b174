"""Whole lives over HTTP: filed with an upload, accepted, handed over, appraised, approved, sealed, returned.

`run.py` is the workload, `world.py` what it runs on, `browser.py` a client that keeps its connection and cookies,
`meters.py` what is counted, `floor.py` the same rows written by SQL alone.
"""
