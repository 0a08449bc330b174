"""Tags of the board's own templates."""
