"""The catalogue as the reviews see it."""
