"""What stands in the log for an entry of the journal: a salted hash, from which nothing can be guessed.

The salt is 32 random bytes, kept apart from the log and given to whoever may read the entry. Only the entry's own hash
is committed to, so a signature may be renewed later; what the signature says is checked by the audit.
"""

import hashlib

SALT_BYTES = 32
LEAF_FORMAT = b"onestop/leaf/1\n"


def commit(salt: bytes, entry_hash: bytes) -> bytes:
    """Return the leaf's content for an entry: SHA-256 over the format's name, the salt and the entry's hash."""
    return hashlib.sha256(LEAF_FORMAT + salt + entry_hash).digest()
