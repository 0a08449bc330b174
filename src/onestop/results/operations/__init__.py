"""Changing what was issued: hand it over, revoke it, publish what was revoked, give it to a wallet."""

from onestop.results.operations.handing_over import return_result
from onestop.results.operations.revoking import revoke_result

__all__ = ["return_result", "revoke_result"]
