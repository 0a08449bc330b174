"""Who asks: citizens, businesses, organisations, and who represents them (người nộp hồ sơ).

An applicant is known by the personal identification number or the tax code. An account may be one citizen, and may
represent other applicants while an authorisation on record is valid. Every reading of a person's data by an officer
is written down, so that the person can be shown who looked.

Start with `rules.py` (the numbers and names), then `models.py`, then `queries.principal_of`.
"""
