"""Who is logged in: accounts, sessions, second factors (tài khoản).

An account is a person who can log in; what the person may do comes later: officers get it from a posting
(`agencies`), applicants from the citizen or business they are or represent (`applicants`).

Start with `rules.py` (roles and the principal that every operation is handed), then `models.py`, then
`sessions.py` (one statement loads a session together with its account).
"""
