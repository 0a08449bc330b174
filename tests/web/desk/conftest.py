"""The hall for the tests of this folder."""

from tests.web.officers import hall  # noqa: F401  a fixture
