"""Verbs of the process, one file a subject."""
