"""What stands behind the ports of documents."""
