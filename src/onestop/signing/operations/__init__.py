"""Verbs of signing: the leader signs and approves, the clerk seals, the missing time stamp is put in."""

from onestop.signing.operations.consented import sign_with_factors
from onestop.signing.operations.papers import seal, seal_many, sign_and_approve, sign_and_approve_many
from onestop.signing.operations.stamping import stamp, stamp_all

__all__ = [
    "seal",
    "seal_many",
    "sign_and_approve",
    "sign_and_approve_many",
    "sign_with_factors",
    "stamp",
    "stamp_all",
]
