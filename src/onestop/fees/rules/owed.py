"""What is owed for a dossier, as far as the catalogue tells. Law on Fees and Charges 97/2015/QH13.

The catalogue names an amount for some fees only: elsewhere the People's Council or a circular sets it, and the officer
says the amount with its ground. Exempt is not zero, and zero set by others is not free.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from onestop.catalogue.rules.content import Fee
from onestop.catalogue.rules.kinds import FilingChannel
from onestop.dossiers.rules.filing import Channel

MOST_VND = 2_000_000_000
LEAST_PLAUSIBLE_VND = 1_000  # the catalogue says 100 where 100,000 is meant
MOST_COPIES = 999
CATALOGUE_CHANNEL = {
    Channel.COUNTER: FilingChannel.DIRECT,
    Channel.ONLINE: FilingChannel.ONLINE,
    Channel.POST: FilingChannel.POSTAL,
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the catalogue says for one way of filing: the amounts it names, smallest first, in whole đồng.

    `is_free`: it says that nothing is owed. `is_open`: somebody else sets the amount, or a part of it.
    """

    amounts: tuple[int, ...] = ()
    is_free: bool = False
    is_open: bool = True

    @property
    def definite(self) -> int | None:
        """The one amount that is owed, or None if somebody has to choose or to say it."""
        if self.is_free:
            return 0
        return self.amounts[0] if len(self.amounts) == 1 and not self.is_open else None


def assess(fees: Iterable[Fee], channel: Channel) -> Assessment:
    """Return what is owed by the catalogue for a dossier that comes in by `channel`.

    A line for that channel goes before one for all: that is how a discount for filing online is written.
    """
    listed = tuple(fees)
    own = [fee for fee in listed if fee.channel is CATALOGUE_CHANNEL[channel]]
    lines = own or [fee for fee in listed if fee.channel is None]
    if not lines:
        return Assessment()
    if all(fee.is_free for fee in lines):
        return Assessment(is_free=True, is_open=False)
    named = {fee.amount_vnd or 0 for fee in lines if _is_named(fee)}
    return Assessment(tuple(sorted(named)), is_open=not all(_is_named(fee) for fee in lines))


def owes_fee(fees: Iterable[Fee]) -> bool | None:
    """Return True if a fee is due, False if the catalogue states that none is, None if it does not tell.

    "0 VND, set by the provincial People's Council" tells nothing: neither free nor owed.
    """
    listed = tuple(fees)
    if not listed:
        return None
    if all(fee.is_free for fee in listed):
        return False
    return True if any(fee.amount_vnd for fee in listed) else None


def _is_named(fee: Fee) -> bool:
    """True if the catalogue names the amount itself: not one that others set, none in dollars, none too small."""
    if fee.set_by or fee.is_indicative or fee.amount_usd is not None or fee.amount_vnd is None:
        return False
    return fee.amount_vnd == 0 or fee.amount_vnd >= LEAST_PLAUSIBLE_VND


@dataclass(frozen=True, slots=True)
class Statement:
    """What an officer states to be owed (thông báo phí, lệ phí): the amount in all, for how many copies, the ground.

    `is_exempt`: nothing is owed by a rule that the ground names. `is_before`: to be paid before acceptance (thu trước).
    """

    amount_vnd: int
    ground: str = ""
    copies: int = 1
    is_exempt: bool = False
    is_before: bool = False


def find_statement_faults(statement: Statement, assessment: Assessment) -> tuple[str, ...]:
    """Return every reason why a statement cannot stand; the catalogue's own amounts need no further ground."""
    found = []
    amount, has_ground = statement.amount_vnd, bool(statement.ground.strip())
    if statement.is_exempt and amount:
        found.append("fee.exempt_with_amount")
    if not statement.is_exempt and not 0 < amount <= MOST_VND:
        found.append("fee.amount_out_of_range")
    if not 1 <= statement.copies <= MOST_COPIES:
        found.append("fee.copies_out_of_range")
    if statement.is_exempt and not has_ground:
        found.append("fee.exempt_without_ground")
    if not statement.is_exempt and not has_ground and not _is_of_catalogue(statement, assessment):
        found.append("fee.without_ground")
    return tuple(found)


def _is_of_catalogue(statement: Statement, assessment: Assessment) -> bool:
    return statement.amount_vnd > 0 and statement.amount_vnd in {
        amount * statement.copies for amount in assessment.amounts
    }
