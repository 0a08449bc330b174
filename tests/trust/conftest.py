"""A small authority for each test, and papers to sign."""

from tests.trust.offices import house, office, packed, paper, typeset  # noqa: F401  fixtures
