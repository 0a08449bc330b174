"""Two lists of payments: every difference has its name."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from onestop.fees.rules.platform import Difference, Differs, Transaction, reconcile

AT = datetime(2026, 11, 26, 3, tzinfo=UTC)
BOOKED = st.builds(
    Transaction,
    number=st.sampled_from("ABCDE"),
    reference=st.sampled_from(["one", "two"]),
    amount_vnd=st.sampled_from([8_000, 9_000]),
    paid_at=st.just(AT),
)
BOOKS = st.lists(BOOKED, unique_by=lambda item: item.number)


def test_every_difference_is_named() -> None:
    same, ours, theirs = (Transaction(number, "one", 8_000, AT) for number in "SOT")
    dearer, other = Transaction("D", "one", 9_000, AT), Transaction("R", "two", 8_000, AT)
    found = reconcile(
        [same, ours, dearer, other],
        [theirs, same, Transaction("D", "one", 8_000, AT), Transaction("R", "one", 8_000, AT)],
    )
    assert found == (
        Difference("D", Differs.AMOUNT, 9_000, 8_000),
        Difference("O", Differs.NOT_THERE, 8_000, None),
        Difference("R", Differs.ORDER, 8_000, 8_000),
        Difference("T", Differs.NOT_WITH_US, None, 8_000),
    )


@given(ours=BOOKS, theirs=BOOKS)
def test_only_equal_books_have_no_difference(ours: list[Transaction], theirs: list[Transaction]) -> None:
    def key(item: Transaction) -> str:
        return item.number

    assert (reconcile(ours, theirs) == ()) == (sorted(ours, key=key) == sorted(theirs, key=key))
    assert len(reconcile(ours, theirs)) == len(reconcile(theirs, ours))
