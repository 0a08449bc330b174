"""Stating what is owed, taking it, paying it back; each of them one entry of the journal."""
