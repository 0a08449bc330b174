"""Pure decisions of the plan: cascading, rounding, pace, roll-up, duties, rights, reading of tables, scoring."""
