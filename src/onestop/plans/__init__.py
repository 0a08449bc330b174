"""The yearly action plan (kế hoạch hành động, chỉ tiêu được giao): who is to reach which figure by when.

Indicators × units × targets × weights × document and page, cascaded from the province to departments and communes;
tasks with evidence; the scoring of officials and agencies.
"""
