"""Data that come with the chapter: the targets known, with their sources (`SOURCES.md`)."""
