"""Engines that count columnar facts: embedded, and on a cluster."""
