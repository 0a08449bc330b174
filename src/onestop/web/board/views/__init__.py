"""The pages of the board, a file a subject."""
