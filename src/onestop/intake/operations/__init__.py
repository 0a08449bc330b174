"""Verbs at reception, one file a subject."""
