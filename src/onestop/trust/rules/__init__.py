"""What keys and certificates mean, without any framework: names, roles, validity, CMS, algorithms."""

from onestop.trust.rules.certificates import certificate_id, find_fault
from onestop.trust.rules.names import KeyKind, RevocationReason, SignatureRole, is_key_name

__all__ = ["KeyKind", "RevocationReason", "SignatureRole", "certificate_id", "find_fault", "is_key_name"]
