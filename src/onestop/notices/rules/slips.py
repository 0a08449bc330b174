"""Which slip belongs to which entry. Circular 01/2018/TT-VPCP, Annex; carried on by Decree 118/2025/NĐ-CP."""

from enum import StrEnum

from onestop.dossiers.rules.states import Verb


class SlipKind(StrEnum):
    """A slip of the one-stop; the value is the name of its template."""

    RECEIPT = "receipt"  # mẫu 01
    SUPPLEMENT = "supplement_request"  # mẫu 02
    REFUSAL = "refusal"  # mẫu 03
    APOLOGY = "apology"  # mẫu 04
    CONTROL = "control"  # mẫu 05 (2018), 06 (2025)


OF_VERB = {
    Verb.ACCEPT: SlipKind.RECEIPT,
    Verb.REQUEST_SUPPLEMENT: SlipKind.SUPPLEMENT,
    Verb.REFUSE: SlipKind.REFUSAL,
    Verb.REAPPOINT: SlipKind.APOLOGY,
    Verb.RETURN_RESULT: SlipKind.CONTROL,
}


def slip_of(kind: str) -> SlipKind | None:
    """Return which slip an entry of this kind has, or None. A procedure settled at once still gets one if asked for."""
    return OF_VERB.get(Verb(kind)) if kind in set(Verb) else None
