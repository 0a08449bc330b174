"""Who may change the structure."""

from onestop.accounts.rules import Principal, Role
from onestop.errors import Refused


def refuse_others(by: Principal, *owner_ids: int) -> None:
    """Let pass an administrator, the system itself (no account), and the accounts in `owner_ids`; refuse others."""
    if by.account_id is None or by.account_id in owner_ids or by.has(Role.ADMINISTRATOR):
        return
    raise Refused("structure.not_permitted")
