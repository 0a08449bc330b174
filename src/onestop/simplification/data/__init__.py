"""What the state holds, as data: see `holdings.json`."""
