"""Decisions of the catalogue: what a version says, what a form asks, how records are read, how words are compared."""
