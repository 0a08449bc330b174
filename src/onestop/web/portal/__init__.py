"""The face of citizens and businesses: find, read, file, follow (cổng dịch vụ công).

Start with `urls.py`; each address has a thin view in `views/` and a template of its own. Everything works without
scripts; one thing a page.
"""
