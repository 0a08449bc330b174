"""Reading plans: what is in force, how it goes, whose task it is, what the points are."""
