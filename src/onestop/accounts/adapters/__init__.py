"""What ties accounts to the log-in library."""
