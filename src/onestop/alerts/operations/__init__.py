"""Judging what is wrong, beginning alerts and ending them."""
