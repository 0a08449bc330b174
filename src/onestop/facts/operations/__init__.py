"""Facts written out of the journal: as columns for any engine, and packed."""
