"""Reading: certificates on record, and what holds of a signed file."""
