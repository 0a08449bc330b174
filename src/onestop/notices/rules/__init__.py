"""Which entry of the journal has which slip, and what stands on it."""
