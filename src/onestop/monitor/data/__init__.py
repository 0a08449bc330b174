"""The members of the nation and their goals, as data: see `SOURCES.md`."""
