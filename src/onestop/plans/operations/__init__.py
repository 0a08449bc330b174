"""The verbs of a plan: draft, import, cascade, sign, amend; set, hand in and accept tasks; sign a review."""
