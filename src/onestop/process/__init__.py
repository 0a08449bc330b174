"""Appraise and approve: process templates, hand-overs, assignment, consultations, the running clock (xử lý hồ sơ).

Start with `rules/templates.py` (what a process is, and whether it is sound), then `operations/steps.py` (moving along
it). Templates are data, one per procedure where a real one is known, else the general one.
"""
