"""Pages of the national monitor, and the door by which reports come in."""
