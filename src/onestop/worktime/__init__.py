"""Which hours count: the working calendar, time limits and the legal clock (lịch làm việc, thời hạn giải quyết).

Every promised date, every "late" and every "2 days left" of the house comes from here. Start with
`rules/deadlines.py` (when does the clock start, when is something due), then `rules/history.py` (a clock
that is suspended, resumed, restarted and extended), then `rules/duties.py` (the other terms the law sets).
`rules/calendar.py` holds the days and office hours; `queries.get_calendar` says which ones hold today.
"""
