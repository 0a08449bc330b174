"""Changing dossiers: the one shape of every deed, and reading as a recorded act."""
