"""Changing what was issued: hand over, certify a copy, revoke, publish what was revoked, give to a wallet, keep."""

from onestop.results.operations.copying import certify_copy
from onestop.results.operations.handing_over import return_result
from onestop.results.operations.keeping import keep_all, keep_result, renew_all
from onestop.results.operations.revoking import revoke_result

__all__ = ["certify_copy", "keep_all", "keep_result", "renew_all", "return_result", "revoke_result"]
