"""Who carries letters: a mail server, or nobody."""
