"""Reading: the certificates on record and what may be published of them; signatures of journal entries."""
