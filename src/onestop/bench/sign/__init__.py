"""Results signed, sealed, stamped and kept: `onestop bench sign`.

Start with `run.py` (the rounds and the answer); `world.py` is the ground they stand on, `others.py` what is measured
beside them and who judges.
"""
