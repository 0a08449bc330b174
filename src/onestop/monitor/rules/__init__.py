"""Decisions of the national monitor: who is a member, what a submission may say, how the nation is compared."""
