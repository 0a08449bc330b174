"""Changing what was issued: hand it over, revoke it, publish what was revoked, give it to a wallet, keep it."""

from onestop.results.operations.handing_over import return_result
from onestop.results.operations.keeping import keep_all, keep_result, renew_all
from onestop.results.operations.revoking import revoke_result

__all__ = ["keep_all", "keep_result", "renew_all", "return_result", "revoke_result"]
