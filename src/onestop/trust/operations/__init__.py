"""The verbs of trust: issue, renew, revoke the certificate of a key."""

from onestop.trust.operations.keys import issue_key, renew, revoke

__all__ = ["issue_key", "renew", "revoke"]
