"""The national monitor (giám sát toàn quốc): the same figures, at the centre, of all provinces and ministries.

Signed daily aggregates come in; what is late, missing, doubled, inconsistent or unsigned is named.
"""
