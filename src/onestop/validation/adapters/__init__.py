"""Where whom to believe comes from, besides a folder of certificates."""
