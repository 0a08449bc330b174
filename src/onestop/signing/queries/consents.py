"""With which key an officer signs papers, and what its holder must do before."""

from onestop.accounts.rules import Principal
from onestop.errors import Unavailable
from onestop.trust import ports
from onestop.trust.ports import Consent
from onestop.validation.rules.policy import PAPERS


def papers_key(by: Principal) -> str:
    """Return the key with which an officer signs papers: the second one if its keeper has it, else the everyday one.

    Raises `Unavailable` if the keeper cannot be reached: no other key is taken in silence.
    """
    second = f"{by.key}{PAPERS}"
    try:
        ports.keys().chain(second)
    except Unavailable as error:
        if error.code != "key.unknown":
            raise
        return by.key
    return second


def find_consent(by: Principal) -> Consent | None:
    """Return what `by` must do before papers are signed; None: nothing. Raises `Unavailable`."""
    return ports.keys().consent(papers_key(by))
