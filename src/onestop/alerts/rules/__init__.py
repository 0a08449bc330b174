"""Pure decisions about alerts: what is worth one, when it begins and ends, who is told."""
