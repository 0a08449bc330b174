"""Adapters of the journal's own ports."""
