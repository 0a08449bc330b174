"""Decisions about ratings and petitions."""
