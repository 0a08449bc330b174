"""Deeds of the national monitor: receive what members send; compose and send what this province says of itself."""
