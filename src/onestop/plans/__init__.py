"""The yearly action plan (kế hoạch hành động, chỉ tiêu được giao): who is to reach which figure by when.

Indicators × units × targets × weights × document and page, cascaded from the province to departments and communes;
tasks with evidence; the review sheet of a quarter; the scoring of officials and agencies.

Start with `rules/cascade.py` (how one target becomes seventy) and `indicators/rules/outlook.py` (is it being reached,
and if not, from which day on no longer), then `operations/signing.py`. What judges a moment is the version in force at
that moment.
"""
