"""The verbs of trust: issue, renew, revoke; sign a paper in one go, or prepare and complete it."""

from onestop.trust.operations.keys import issue_key, renew, revoke

__all__ = ["issue_key", "renew", "revoke"]
