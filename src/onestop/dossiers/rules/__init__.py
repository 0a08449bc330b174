"""Pure decisions about dossiers: states, permissions, codes, kinds of deeds."""
