"""Views of this face, one file a subject."""
