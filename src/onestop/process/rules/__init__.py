"""Pure decisions of the process: is a template sound, what comes next, who should take it."""
