"""Verbs of signing: the head of division agrees, the leader signs, the clerk seals, a missing time stamp is put in."""

from onestop.signing.operations.consented import sign_with_factors
from onestop.signing.operations.initialling import approve, approve_many
from onestop.signing.operations.papers import seal, seal_many, sign_and_approve, sign_and_approve_many
from onestop.signing.operations.stamping import stamp, stamp_all

__all__ = [
    "approve",
    "approve_many",
    "seal",
    "seal_many",
    "sign_and_approve",
    "sign_and_approve_many",
    "sign_with_factors",
    "stamp",
    "stamp_all",
]
