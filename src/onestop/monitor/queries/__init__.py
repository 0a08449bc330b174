"""Reads of the national monitor."""
