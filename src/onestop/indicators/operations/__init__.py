"""What is kept of figures: the cube, past moments, what is counted beside them; exports and signed figures."""
