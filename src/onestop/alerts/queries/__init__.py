"""Reading: what is wrong now, who is told, which alerts are open."""
