"""The face of the national monitor (giám sát toàn quốc): ranking, map, what changed, open data, at /giam-sat/."""
