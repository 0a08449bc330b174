"""Commands that the household starts."""
