"""The face of the action plan (kế hoạch hành động): targets, progress, tasks, review sheets, points, at /ke-hoach/.

Start with `views/progress.py`: the page everybody reads, and the one an officer works from. `showing.py` turns lines
into what a page shows, `asking.py` reads year, unit and day from the address.
"""
