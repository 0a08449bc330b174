"""Whether a dossier owes a fee, as far as the catalogue tells. Law on Fees and Charges 97/2015/QH13."""

from onestop.catalogue.rules.content import ProcedureContent


def owes_fee(content: ProcedureContent) -> bool | None:
    """Return True if a fee is due, False if the catalogue states that none is, None if it does not tell.

    "0 VND, set by the provincial People's Council" tells nothing: neither free nor owed.
    """
    if not content.fees:
        return None
    if all(fee.is_free for fee in content.fees):
        return False
    return True if any(fee.amount_vnd for fee in content.fees) else None
