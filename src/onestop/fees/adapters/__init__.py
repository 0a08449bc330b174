"""What stands behind the ports of fees."""
