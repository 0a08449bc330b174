"""Reading facts from the journal: tests compiled to SQL, counts by unit, what shows only beside others."""
